package org.brokertck.tck.resilience.breaker;

import java.time.Duration;
import java.util.List;
import org.brokertck.api.CircuitOpenException;
import org.brokertck.api.resilience.BreakerMetrics;
import org.brokertck.api.resilience.BreakerState;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.resilience.CallEnding;
import org.junit.jupiter.api.Test;

/** Settings at their bounds mean what they say. These tests need no manual clock. */
public interface BreakerSettingRules extends BreakerRules {
    @Test
    @Verifies("K-3")
    default void theLargestNumbersAreTaken() {
        BreakerUnderTest breaker = BreakerUnderTest.open(
                this,
                "K-3",
                config().failureThreshold(Integer.MAX_VALUE)
                        .probes(Integer.MAX_VALUE)
                        .build());
        breaker.calls(5, CallEnding.FAILS);
        breaker.requireMetrics(new BreakerMetrics(BreakerState.CLOSED, 5, 0, 5, 0, 0));
        breaker.call(CallEnding.RETURNS);
        breaker.requireMetrics(new BreakerMetrics(BreakerState.CLOSED, 0, 1, 5, 0, 0));
    }

    /** The second one has milliseconds that are negative where they are cut to an int. */
    @Test
    @Verifies("K-3")
    default void theLongestTimesAreNoneThatAreOverAtOnce() {
        for (Duration duration : List.of(Duration.ofDays(365), Duration.ofDays(30))) {
            BreakerUnderTest breaker = BreakerUnderTest.open(
                    this,
                    "K-3",
                    config().openDuration(duration).slowCall(duration).build());
            breaker.call(CallEnding.RETURNS);
            breaker.requireMetrics(new BreakerMetrics(BreakerState.CLOSED, 0, 1, 0, 0, 0));
            breaker.calls(3, CallEnding.FAILS);
            BreakerState state = breaker.query("state", breaker.unrecorded()::state);
            breaker.require(
                    state == BreakerState.OPEN,
                    "a breaker that is open for %s says %s right after it opened".formatted(duration, state));
            CircuitOpenException refusal = breaker.refused();
            Duration left = refusal.retryAfter();
            breaker.require(
                    left.compareTo(duration) <= 0
                            && left.compareTo(duration.minus(timeouts().recovery())) > 0,
                    "a breaker that is open for %s says to try again after %s, right after it opened"
                            .formatted(duration, left));
        }
    }
}
