package org.brokertck.tck.resilience.breaker;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.resilience.BreakerMetrics;
import org.brokertck.api.resilience.BreakerState;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.resilience.CallEnding;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an action does comes through as it is, and what counts as a failure. */
public interface CallRules extends BreakerRules {
    @Test
    @Verifies("K-3")
    default void whatAnActionDoesComesThroughAsItIs() {
        BreakerUnderTest breaker = BreakerUnderTest.open(
                this, "K-3", config().failureThreshold(100).build());
        Arrays.stream(CallEnding.values()).forEach(breaker::call);
        breaker.requireMetrics(new BreakerMetrics(BreakerState.CLOSED, 0, 2, 4, 0, 0));
        Callable<@Nullable Object> nothing = () -> null;
        Object result = breaker.query("a call that returns null", () -> {
            try {
                return breaker.unrecorded().call(nothing) == null ? "null" : "something";
            } catch (Exception e) {
                return String.valueOf(e);
            }
        });
        breaker.require(result.equals("null"), "a call that returned null came out with " + result);
    }

    /** The predicate is the user's own, and may be wrong: what the action threw must not be lost over that. */
    @Test
    @Verifies("K-3")
    default void aPredicateThatThrowsHidesNothing() {
        BreakerUnderTest breaker = BreakerUnderTest.open(
                this,
                "K-3",
                config().failureThreshold(100)
                        .failure(thrown -> {
                            throw new IllegalStateException("the predicate itself failed, as planned");
                        })
                        .build());
        breaker.tell("the predicate that judges failures throws an exception of its own");
        List.of(CallEnding.FAILS, CallEnding.BREAKS, CallEnding.DECLINES, CallEnding.RETURNS)
                .forEach(breaker::call);
        breaker.requireState(BreakerState.CLOSED);
    }

    @Test
    @Verifies("K-3")
    default void theActionRunsOnTheCallersThread() {
        BreakerUnderTest breaker = BreakerUnderTest.open(this, "K-3", config().build());
        boolean same = breaker.query("a call", () -> {
            Thread caller = Thread.currentThread();
            try {
                return breaker.unrecorded().call(() -> Thread.currentThread() == caller);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        breaker.require(same, "the action ran on another thread than its caller's");
    }

    @Test
    @Verifies("K-3")
    default void anExceptionThatIsNoFailureCountsAsASuccess() {
        BreakerUnderTest breaker = BreakerUnderTest.open(this, "K-3", config().build());
        breaker.calls(5, CallEnding.DECLINES);
        breaker.requireMetrics(new BreakerMetrics(BreakerState.CLOSED, 0, 5, 0, 0, 0));
    }

    @Test
    @Verifies("K-3")
    default void anInterruptedCallSaysNothing() {
        BreakerUnderTest breaker = BreakerUnderTest.open(this, "K-3", config().build());
        breaker.calls(2, CallEnding.FAILS);
        breaker.calls(2, CallEnding.IS_INTERRUPTED);
        breaker.calls(2, CallEnding.IS_ABORTED);
        breaker.requireMetrics(new BreakerMetrics(BreakerState.CLOSED, 2, 0, 2, 0, 0));
        breaker.call(CallEnding.FAILS);
        breaker.requireState(BreakerState.OPEN);
    }

    /** By the wall clock: what takes a hundred times as long as it may is too slow, whatever comes out. */
    @Test
    @Verifies("K-3")
    default void aCallThatTakesTooLongHasFailed() {
        Duration slow = timeouts().quiet().dividedBy(100);
        BreakerUnderTest breaker = BreakerUnderTest.open(
                this, "K-3", config().failureThreshold(2).slowCall(max(slow)).build());
        breaker.call(CallEnding.FAILS);
        ScriptedCall late = breaker.begin();
        Polling.until(max(slow).multipliedBy(20), () -> false, it -> it);
        breaker.tell("it takes %s where %s are allowed".formatted(max(slow).multipliedBy(20), max(slow)));
        breaker.end(late, CallEnding.RETURNS);
        breaker.requireMetrics(new BreakerMetrics(BreakerState.OPEN, 0, 0, 2, 0, 1));
    }

    private static Duration max(Duration slow) {
        Duration least = Duration.ofMillis(1);
        return slow.compareTo(least) < 0 ? least : slow;
    }

    @Property
    @Verifies("K-3")
    default void everyEndingComesThroughAndCountsForWhatItIs(
            @ForAll @Size(min = 1, max = 20) List<CallEnding> endings) {
        BreakerUnderTest breaker = BreakerUnderTest.open(
                this, "K-3", config().failureThreshold(100).build());
        endings.forEach(breaker::call);
        BreakerMetrics metrics = breaker.metrics();
        long failures = endings.stream().filter(CallEnding::isFailure).count();
        long successes = endings.stream().filter(CallEnding::isSuccess).count();
        breaker.require(
                metrics.failed() == failures && metrics.succeeded() == successes,
                "the metrics are %s where %d failed and %d succeeded".formatted(metrics, failures, successes));
    }
}
