package org.brokertck.tck.resilience.breaker;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.brokertck.api.resilience.BreakerMetrics;
import org.brokertck.api.resilience.BreakerState;
import org.brokertck.api.resilience.CircuitBreakerConfig;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.resilience.CallEnding;
import org.junit.jupiter.api.Test;

/** Each call counts for itself: in the period in which it was let through, and by its own time. These tests need no manual clock. */
public interface PeriodRules extends BreakerRules {
    /** What was let through in one half-open period is no probe of the next, whatever it brings back. */
    @Test
    @Verifies("K-3")
    default void probesOfAnEarlierHalfOpenPeriodAreNone() {
        BreakerUnderTest breaker = BreakerUnderTest.open(
                this,
                "K-3",
                config().openDuration(Duration.ofMillis(1)).probes(4).build());
        breaker.calls(3, CallEnding.FAILS);
        breaker.awaitHalfOpen();
        List<ScriptedCall> earlier = Stream.generate(breaker::begin).limit(4).toList();
        breaker.end(earlier.get(0), CallEnding.FAILS);
        breaker.awaitHalfOpen();
        List<ScriptedCall> probes = Stream.generate(breaker::begin).limit(4).toList();
        breaker.tell("a probe of the first half-open period ends");
        breaker.end(earlier.get(1), CallEnding.IS_INTERRUPTED);
        breaker.refused();
        breaker.tell("another one of these ends");
        breaker.end(earlier.get(2), CallEnding.FAILS);
        breaker.requireMetrics(new BreakerMetrics(BreakerState.HALF_OPEN, 0, 0, 5, 1, 2));
        breaker.tell("the last one of these ends");
        breaker.end(earlier.get(3), CallEnding.RETURNS);
        for (ScriptedCall probe : probes) {
            breaker.requireState(BreakerState.HALF_OPEN);
            breaker.end(probe, CallEnding.RETURNS);
        }
        breaker.requireMetrics(new BreakerMetrics(BreakerState.CLOSED, 0, 5, 5, 1, 2));
    }

    /** A quick call at the end of a slow one takes nothing of the time of that. */
    @Test
    @Verifies("K-3")
    default void aCallWithinACallHasATimeOfItsOwn() {
        Duration outer = timeouts().tolerance().multipliedBy(3).dividedBy(2);
        BreakerUnderTest breaker = BreakerUnderTest.open(
                this, "K-3", config().slowCall(timeouts().tolerance()).build());
        breaker.run("a call with another one within it", timeouts().recovery(), () -> {
            try {
                breaker.unrecorded().call(() -> {
                    breaker.tell("a call begins, and takes " + outer);
                    Polling.until(outer, () -> false, it -> it);
                    breaker.tell("a call within it begins, and returns at once");
                    return breaker.unrecorded().call(() -> "at once");
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        BreakerMetrics metrics = breaker.metrics();
        BreakerMetrics due = new BreakerMetrics(BreakerState.CLOSED, 1, 1, 1, 0, 0);
        breaker.require(
                metrics.equals(due),
                "a call was too slow, and a call within it was not: the metrics are %s where %s are due"
                        .formatted(metrics, due));
    }

    /** Who was interrupted may have waited for as long as one likes. */
    @Test
    @Verifies("K-3")
    default void anInterruptedCallSaysNothingHoweverLongItTook() {
        Duration slow = timeouts().tolerance().dividedBy(50);
        CircuitBreakerConfig config =
                config().failureThreshold(1).slowCall(slow).build();
        for (CallEnding ending : List.of(CallEnding.IS_INTERRUPTED, CallEnding.IS_ABORTED)) {
            BreakerUnderTest breaker = BreakerUnderTest.open(this, "K-3", config);
            ScriptedCall late = breaker.begin();
            Polling.until(slow.multipliedBy(3), () -> false, it -> it);
            breaker.tell("it takes %s where %s are allowed".formatted(slow.multipliedBy(3), slow));
            breaker.end(late, ending);
            breaker.requireMetrics(new BreakerMetrics(BreakerState.CLOSED, 0, 0, 0, 0, 0));
        }
    }
}
