package org.brokertck.api.resilience;

/** What a circuit breaker does with calls. */
public enum BreakerState {
    /** All calls are let through; failures in a row are counted. */
    CLOSED,
    /** No call is let through until the open duration is over. */
    OPEN,
    /** As many calls as there are probes are let through, to see whether the other side is well again. */
    HALF_OPEN
}
