package org.brokertck.tck.workload.resilience;

import java.util.List;
import org.brokertck.api.resilience.CircuitBreakerConfig;

/**
 * A schedule of calls through one circuit breaker.
 *
 * @param failureThreshold how many failures in a row open it
 * @param probes how many calls half-open admits
 * @param steps what happens, one after another
 */
public record BreakerWorkload(int failureThreshold, int probes, List<BreakerStep> steps) {
    /** The breaker's settings, on top of these. */
    public CircuitBreakerConfig.Builder onTopOf(CircuitBreakerConfig.Builder builder) {
        return builder.failureThreshold(failureThreshold).probes(probes);
    }
}
