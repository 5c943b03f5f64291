package org.brokertck.tck.resilience.breaker;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.CircuitOpenException;
import org.brokertck.api.resilience.BreakerMetrics;
import org.brokertck.api.resilience.BreakerState;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.resilience.CallEnding;
import org.junit.jupiter.api.Test;

/** A closed breaker opens with the failure that completes the threshold, and no sooner. */
public interface OpeningRules extends BreakerRules {
    @Test
    @Verifies("K-3")
    default void failuresInARowOpenTheBreaker() {
        BreakerUnderTest breaker = BreakerUnderTest.open(this, "K-3", config().build());
        breaker.requireMetrics(new BreakerMetrics(BreakerState.CLOSED, 0, 0, 0, 0, 0));
        breaker.call(CallEnding.FAILS);
        breaker.call(CallEnding.BREAKS);
        breaker.requireMetrics(new BreakerMetrics(BreakerState.CLOSED, 2, 0, 2, 0, 0));
        breaker.call(CallEnding.FAILS);
        breaker.requireMetrics(new BreakerMetrics(BreakerState.OPEN, 0, 0, 3, 0, 1));
        CircuitOpenException refusal = breaker.refused();
        Duration most = breaker.config().openDuration();
        breaker.require(
                refusal.retryAfter().compareTo(most.minus(timeouts().recovery())) > 0
                        && refusal.retryAfter().compareTo(most) <= 0,
                "the refusal says to try again after %s, just when the breaker has opened for %s"
                        .formatted(refusal.retryAfter(), most));
        breaker.refused();
        breaker.requireMetrics(new BreakerMetrics(BreakerState.OPEN, 0, 0, 3, 2, 1));
    }

    @Test
    @Verifies("K-3")
    default void aSuccessStartsTheCountOfFailuresAnew() {
        BreakerUnderTest breaker = BreakerUnderTest.open(this, "K-3", config().build());
        breaker.calls(2, CallEnding.FAILS);
        breaker.call(CallEnding.RETURNS);
        breaker.requireMetrics(new BreakerMetrics(BreakerState.CLOSED, 0, 1, 2, 0, 0));
        breaker.calls(2, CallEnding.FAILS);
        breaker.requireState(BreakerState.CLOSED);
        breaker.call(CallEnding.DECLINES);
        breaker.calls(2, CallEnding.FAILS);
        breaker.requireMetrics(new BreakerMetrics(BreakerState.CLOSED, 2, 2, 6, 0, 0));
        breaker.call(CallEnding.FAILS);
        breaker.requireState(BreakerState.OPEN);
    }

    @Test
    @Verifies("K-3")
    default void theFirstFailureOpensABreakerWithAThresholdOfOne() {
        BreakerUnderTest breaker =
                BreakerUnderTest.open(this, "K-3", config().failureThreshold(1).build());
        breaker.calls(3, CallEnding.RETURNS);
        breaker.call(CallEnding.FAILS);
        breaker.refused();
    }

    /** Calls that were let through before the breaker opened may come back when it is open, and change nothing then. */
    @Test
    @Verifies("K-3")
    default void callsThatComeBackToAnOpenBreakerChangeNothing() {
        BreakerUnderTest breaker = BreakerUnderTest.open(this, "K-3", config().build());
        List<ScriptedCall> late = List.of(breaker.begin(), breaker.begin());
        breaker.calls(3, CallEnding.FAILS);
        breaker.end(late.get(0), CallEnding.RETURNS);
        breaker.requireMetrics(new BreakerMetrics(BreakerState.OPEN, 0, 1, 3, 0, 1));
        breaker.end(late.get(1), CallEnding.FAILS);
        breaker.requireMetrics(new BreakerMetrics(BreakerState.OPEN, 0, 1, 4, 0, 1));
        breaker.refused();
    }

    /** Failures count in the order in which they come back, whatever the order in which the calls began. */
    @Property
    @Verifies("K-3")
    default void failuresCountInTheOrderOfTheirEnds(
            @ForAll @IntRange(min = 1, max = 5) int threshold, @ForAll @Size(min = 1, max = 12) List<Boolean> failing) {
        BreakerUnderTest breaker = BreakerUnderTest.open(
                this, "K-3", config().failureThreshold(threshold).build());
        List<ScriptedCall> calls = failing.stream().map(it -> breaker.begin()).toList();
        int inARow = 0;
        boolean open = false;
        for (int i = failing.size() - 1; i >= 0; i--) {
            breaker.end(calls.get(i), failing.get(i) ? CallEnding.FAILS : CallEnding.RETURNS);
            inARow = failing.get(i) ? inARow + 1 : 0;
            open |= inARow >= threshold;
            breaker.requireState(open ? BreakerState.OPEN : BreakerState.CLOSED);
        }
    }
}
