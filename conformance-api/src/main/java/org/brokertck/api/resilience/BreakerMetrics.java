package org.brokertck.api.resilience;

/**
 * The figures of a circuit breaker at one moment.
 *
 * @param state what the next call meets
 * @param failures how many calls have failed in a row since the breaker was closed; 0 in the other states
 * @param succeeded calls that succeeded, since it was opened for use
 * @param failed calls that failed, slow ones included
 * @param refused calls that were not let through
 * @param openings how often the breaker changed to {@link BreakerState#OPEN}
 */
public record BreakerMetrics(
        BreakerState state, int failures, long succeeded, long failed, long refused, long openings) {}
