package org.brokertck.tck.resilience.breaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.CircuitOpenException;
import org.brokertck.api.resilience.BreakerMetrics;
import org.brokertck.api.resilience.BreakerState;
import org.brokertck.api.resilience.CircuitBreakerConfig;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.resilience.CallEnding;
import org.junit.jupiter.api.Test;

/** A half-open breaker lets its probes through, no more, and goes by what they say. These tests need no manual clock. */
public interface ProbingRules extends BreakerRules {
    /** Opens for so short that no test need wait; where it is open a second time, for that once more. */
    private CircuitBreakerConfig.Builder brief() {
        return config().openDuration(Duration.ofMillis(1));
    }

    private BreakerUnderTest halfOpen(CircuitBreakerConfig config) {
        BreakerUnderTest breaker = BreakerUnderTest.open(this, "K-3", config);
        breaker.calls(config.failureThreshold(), CallEnding.FAILS);
        breaker.awaitHalfOpen();
        return breaker;
    }

    @Test
    @Verifies("K-3")
    default void aHalfOpenBreakerAdmitsItsProbesOnly() {
        BreakerUnderTest breaker = halfOpen(brief().probes(2).build());
        List<ScriptedCall> probes = List.of(breaker.begin(), breaker.begin());
        CircuitOpenException refusal = breaker.refused();
        breaker.require(
                refusal.retryAfter().isZero(),
                "while its probes are under way a breaker says to try again after %s, which nobody can know"
                        .formatted(refusal.retryAfter()));
        breaker.end(probes.get(0), CallEnding.RETURNS);
        breaker.requireState(BreakerState.HALF_OPEN);
        breaker.refused();
        breaker.end(probes.get(1), CallEnding.RETURNS);
        breaker.requireMetrics(new BreakerMetrics(BreakerState.CLOSED, 0, 2, 3, 2, 1));
    }

    @Test
    @Verifies("K-3")
    default void aClosedAgainBreakerCountsFromTheStart() {
        BreakerUnderTest breaker = halfOpen(brief().build());
        breaker.call(CallEnding.RETURNS);
        breaker.requireState(BreakerState.CLOSED);
        breaker.calls(2, CallEnding.FAILS);
        breaker.requireMetrics(new BreakerMetrics(BreakerState.CLOSED, 2, 1, 5, 0, 1));
        breaker.call(CallEnding.FAILS);
        BreakerMetrics metrics = breaker.metrics();
        breaker.require(metrics.openings() == 2, "after three failures in a row the metrics are " + metrics);
    }

    /** The second opening lasts so long that it can be looked at. */
    @Test
    @Verifies("K-3")
    default void theFirstProbeThatFailsOpensTheBreakerAnew() {
        BreakerUnderTest breaker =
                halfOpen(config().openDuration(timeouts().tolerance().dividedBy(2))
                        .probes(3)
                        .build());
        List<ScriptedCall> probes = List.of(breaker.begin(), breaker.begin(), breaker.begin());
        breaker.end(probes.get(0), CallEnding.RETURNS);
        long failedAt = System.nanoTime();
        breaker.end(probes.get(1), CallEnding.FAILS);
        BreakerState state = breaker.query("state", breaker.unrecorded()::state);
        boolean inTime = System.nanoTime() - failedAt
                < breaker.config().openDuration().dividedBy(2).toNanos();
        breaker.require(
                !inTime || state == BreakerState.OPEN, "state() is %s right after a probe failed".formatted(state));
        BreakerMetrics metrics = breaker.metrics();
        breaker.require(metrics.openings() == 2, "a probe failed, and the metrics are " + metrics);
        breaker.end(probes.get(2), CallEnding.RETURNS);
        breaker.awaitHalfOpen();
        requireProbes(breaker, 3);
    }

    /** Exactly so many calls are let through, and a success of all of them closes the breaker. */
    private static void requireProbes(BreakerUnderTest breaker, int probes) {
        List<ScriptedCall> through = new ArrayList<>();
        for (int i = 0; i < probes; i++) {
            through.add(breaker.begin());
        }
        breaker.refused();
        through.forEach(it -> {
            breaker.requireState(BreakerState.HALF_OPEN);
            breaker.end(it, CallEnding.RETURNS);
        });
        breaker.requireState(BreakerState.CLOSED);
    }

    /** It has failed like any other: what the other breaker says is no word of this one. */
    @Test
    @Verifies("K-3")
    default void aProbeThatAnotherBreakerRefusesHasFailed() {
        BreakerUnderTest breaker = halfOpen(brief().build());
        breaker.call(CallEnding.IS_REFUSED);
        BreakerMetrics metrics = breaker.metrics();
        breaker.require(
                metrics.failed() == 4 && metrics.refused() == 0 && metrics.openings() == 2,
                "3 calls failed, and then a probe, which another breaker refused: the metrics are " + metrics);
    }

    @Test
    @Verifies("K-3")
    default void anInterruptedProbeGivesItsPlaceBack() {
        BreakerUnderTest breaker = halfOpen(brief().probes(2).build());
        breaker.call(CallEnding.IS_INTERRUPTED);
        breaker.requireState(BreakerState.HALF_OPEN);
        ScriptedCall first = breaker.begin();
        breaker.call(CallEnding.IS_ABORTED);
        ScriptedCall second = breaker.begin();
        breaker.refused();
        breaker.end(first, CallEnding.RETURNS);
        breaker.end(second, CallEnding.DECLINES);
        breaker.requireMetrics(new BreakerMetrics(BreakerState.CLOSED, 0, 2, 3, 1, 1));
    }

    /** What was let through when the breaker was closed is no probe, whatever it brings back. */
    @Test
    @Verifies("K-3")
    default void callsOfAnEarlierPeriodAreNoProbes() {
        BreakerUnderTest breaker = BreakerUnderTest.open(this, "K-3", brief().build());
        List<ScriptedCall> late = Stream.generate(breaker::begin).limit(5).toList();
        breaker.calls(3, CallEnding.FAILS);
        breaker.awaitHalfOpen();
        breaker.end(late.get(0), CallEnding.RETURNS);
        breaker.requireMetrics(new BreakerMetrics(BreakerState.HALF_OPEN, 0, 1, 3, 0, 1));
        breaker.end(late.get(1), CallEnding.FAILS);
        breaker.requireMetrics(new BreakerMetrics(BreakerState.HALF_OPEN, 0, 1, 4, 0, 1));
        ScriptedCall probe = breaker.begin();
        breaker.end(late.get(2), CallEnding.IS_INTERRUPTED);
        breaker.refused();
        breaker.end(probe, CallEnding.RETURNS);
        breaker.calls(2, CallEnding.FAILS);
        breaker.end(late.get(3), CallEnding.FAILS);
        breaker.requireMetrics(new BreakerMetrics(BreakerState.CLOSED, 2, 2, 7, 1, 1));
        breaker.end(late.get(4), CallEnding.RETURNS);
        breaker.requireMetrics(new BreakerMetrics(BreakerState.CLOSED, 2, 3, 7, 1, 1));
    }

    @Test
    @Verifies("K-3")
    default void callersThatComeAtOnceShareTheProbes() {
        for (int i = 0; i < 20; i++) {
            raceForProbes(1 + i % 3, 8);
        }
    }

    @Property
    @Verifies("K-3")
    default void anyNumberOfCallersSharesTheProbes(
            @ForAll @IntRange(min = 1, max = 4) int probes, @ForAll @IntRange(min = 5, max = 10) int callers) {
        raceForProbes(probes, callers);
    }

    private void raceForProbes(int probes, int callers) {
        BreakerUnderTest breaker =
                halfOpen(brief().failureThreshold(1).probes(probes).build());
        breaker.tell(callers + " calls begin at once");
        CyclicBarrier start = new CyclicBarrier(callers);
        List<Running<ScriptedCall>> starting = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            starting.add(Bounded.start("caller", () -> {
                start.await();
                return new ScriptedCall(breaker.unrecorded(), timeouts().await());
            }));
        }
        List<ScriptedCall> calls =
                starting.stream().map(it -> it.await(timeouts().await())).toList();
        List<ScriptedCall> through =
                calls.stream().filter(ScriptedCall::letThrough).toList();
        through.forEach(it -> it.end(CallEnding.RETURNS));
        breaker.require(
                through.size() == probes,
                "of %d calls that came at once %d were let through where %d are due"
                        .formatted(callers, through.size(), probes));
        calls.stream().filter(it -> !it.letThrough()).forEach(breaker::refusalOf);
        breaker.requireMetrics(new BreakerMetrics(BreakerState.CLOSED, 0, probes, 1, callers - probes, 1));
    }
}
