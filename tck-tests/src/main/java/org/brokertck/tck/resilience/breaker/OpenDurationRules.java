package org.brokertck.tck.resilience.breaker;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.resilience.BreakerState;
import org.brokertck.api.resilience.CircuitBreakerConfig;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.resilience.CallEnding;
import org.junit.jupiter.api.Test;

/** An open breaker lets nothing through for exactly its open duration, which begins with the failure that opened it. */
public interface OpenDurationRules extends BreakerRules {
    /** Long enough that no wall clock could pass for the manual one. */
    Duration OPEN = Duration.ofHours(1);

    /** What is left out so that a clock of milliseconds is no fault. */
    Duration GRANULARITY = Duration.ofMillis(1);

    private CircuitBreakerConfig.Builder hourLong() {
        return config().openDuration(OPEN);
    }

    private BreakerUnderTest onClock(VirtualTime time, CircuitBreakerConfig config) {
        return BreakerUnderTest.open(this, time.target(), "K-3", Names.fresh("K-3"), config);
    }

    private static void pass(BreakerUnderTest breaker, VirtualTime time, Duration duration) {
        breaker.tell(duration + " pass");
        time.clock().advance(duration);
    }

    @Test
    @Verifies("K-3")
    @Needs(clock = true)
    default void theBreakerIsOpenForItsOpenDuration() {
        VirtualTime time = target().virtualTime().orElseThrow();
        BreakerUnderTest breaker = onClock(time, hourLong().build());
        breaker.call(CallEnding.FAILS);
        pass(breaker, time, OPEN.dividedBy(2));
        breaker.call(CallEnding.FAILS);
        pass(breaker, time, OPEN.dividedBy(4));
        breaker.call(CallEnding.FAILS);
        // It counts from the third failure, and what is refused under way prolongs nothing.
        for (int i = 0; i < 4; i++) {
            requireLeft(breaker, OPEN.minus(OPEN.dividedBy(4).multipliedBy(i)));
            pass(breaker, time, OPEN.dividedBy(4).minus(i == 3 ? GRANULARITY : Duration.ZERO));
        }
        breaker.requireState(BreakerState.OPEN);
        requireLeft(breaker, GRANULARITY);
        pass(breaker, time, GRANULARITY.multipliedBy(2));
        breaker.requireState(BreakerState.HALF_OPEN);
        breaker.call(CallEnding.RETURNS);
        breaker.requireState(BreakerState.CLOSED);
    }

    private static void requireLeft(BreakerUnderTest breaker, Duration left) {
        Duration told = breaker.refused().retryAfter();
        breaker.require(
                told.minus(left).abs().compareTo(GRANULARITY) <= 0,
                "the refusal says to try again after %s where %s are left".formatted(told, left));
    }

    @Test
    @Verifies("K-3")
    @Needs(clock = true)
    default void theFirstCallAfterTheOpenDurationIsLetThrough() {
        VirtualTime time = target().virtualTime().orElseThrow();
        BreakerUnderTest breaker = onClock(time, hourLong().build());
        breaker.calls(3, CallEnding.FAILS);
        pass(breaker, time, OPEN.plus(GRANULARITY));
        // Nobody asked for the state in between.
        ScriptedCall probe = breaker.begin();
        breaker.refused();
        pass(breaker, time, OPEN.multipliedBy(3));
        breaker.refused();
        breaker.requireState(BreakerState.HALF_OPEN);
        breaker.end(probe, CallEnding.RETURNS);
        breaker.requireState(BreakerState.CLOSED);
    }

    @Test
    @Verifies("K-3")
    @Needs(clock = true)
    default void aProbeThatFailsOpensForAWholeDurationAgain() {
        VirtualTime time = target().virtualTime().orElseThrow();
        BreakerUnderTest breaker = onClock(time, hourLong().probes(2).build());
        breaker.calls(3, CallEnding.FAILS);
        pass(breaker, time, OPEN.plus(GRANULARITY));
        ScriptedCall probe = breaker.begin();
        breaker.call(CallEnding.RETURNS);
        pass(breaker, time, OPEN.dividedBy(2));
        breaker.end(probe, CallEnding.FAILS);
        breaker.requireState(BreakerState.OPEN);
        requireLeft(breaker, OPEN);
        pass(breaker, time, OPEN.minus(GRANULARITY));
        breaker.refused();
        pass(breaker, time, GRANULARITY.multipliedBy(2));
        // The success of the first period of probes is forgotten: both must succeed again.
        breaker.call(CallEnding.RETURNS);
        breaker.requireState(BreakerState.HALF_OPEN);
        breaker.call(CallEnding.RETURNS);
        breaker.requireState(BreakerState.CLOSED);
    }

    @Test
    @Verifies("K-3")
    @Needs(clock = true)
    default void onlyLongerThanSlowIsTooSlow() {
        VirtualTime time = target().virtualTime().orElseThrow();
        Duration slow = Duration.ofMinutes(1);
        BreakerUnderTest breaker =
                onClock(time, hourLong().failureThreshold(2).slowCall(slow).build());
        for (int i = 0; i < 3; i++) {
            ScriptedCall justInTime = breaker.begin();
            pass(breaker, time, slow);
            breaker.end(justInTime, CallEnding.RETURNS);
        }
        breaker.requireState(BreakerState.CLOSED);
        ScriptedCall slowAnswer = breaker.begin();
        ScriptedCall slowRefusal = breaker.begin();
        pass(breaker, time, slow.plus(GRANULARITY));
        breaker.end(slowAnswer, CallEnding.RETURNS);
        breaker.requireState(BreakerState.CLOSED);
        breaker.end(slowRefusal, CallEnding.DECLINES);
        breaker.requireState(BreakerState.OPEN);
        // It opened when the call ended, not when it began.
        requireLeft(breaker, OPEN);
    }

    /** Each round fails until the breaker opens, with pauses of so many minutes, and then looks at both sides of the open duration. */
    @Property
    @Verifies("K-3")
    @Needs(clock = true)
    default void everyOpeningLastsAsLong(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0, max = 200) Integer> pauses,
            @ForAll @IntRange(min = 1, max = 3) int threshold) {
        VirtualTime time = target().virtualTime().orElseThrow();
        BreakerUnderTest breaker =
                onClock(time, hourLong().failureThreshold(threshold).build());
        for (int pause : pauses) {
            for (int i = 0; i < threshold; i++) {
                pass(breaker, time, Duration.ofMinutes(pause));
                breaker.call(CallEnding.FAILS);
            }
            pass(breaker, time, OPEN.minus(GRANULARITY));
            breaker.refused();
            pass(breaker, time, GRANULARITY.multipliedBy(2));
            breaker.call(CallEnding.RETURNS);
            breaker.requireState(BreakerState.CLOSED);
        }
    }
}
