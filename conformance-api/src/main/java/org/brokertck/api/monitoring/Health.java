package org.brokertck.api.monitoring;

import java.util.List;

/**
 * Whether all is well, as the monitor sees it: it is open, evaluates its alerts in time, and no {@link Severity#CRITICAL} alert
 * fires.
 *
 * @param reasons what is not well, a sentence each; empty when all is. The sentence for an alert names its rule and its queue
 */
public record Health(List<String> reasons) {
    /** All is well. */
    public static final Health HEALTHY = new Health(List.of());

    /** Isolates the list. */
    public Health {
        reasons = List.copyOf(reasons);
    }

    /** Whether there is no reason against it. */
    public boolean isHealthy() {
        return reasons.isEmpty();
    }
}
