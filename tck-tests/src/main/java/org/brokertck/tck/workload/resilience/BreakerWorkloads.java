package org.brokertck.tck.workload.resilience;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.brokertck.tck.workload.Shrinking;
import org.brokertck.tck.workload.resilience.BreakerStep.Pace;

/** The kinds of schedules for circuit breakers, for {@code @ForAll(supplier = …)}. */
public final class BreakerWorkloads {
    /** For how long breakers of these schedules stay open. */
    public static final Duration OPEN = Duration.ofSeconds(10);

    /** How long calls of these schedules may take. */
    public static final Duration SLOW = Duration.ofMillis(300);

    private static final int MOST_STEPS = 40;

    private BreakerWorkloads() {}

    /** Calls that overlap, some of them slow, while time passes. */
    public static final class InTime implements ArbitrarySupplier<BreakerWorkload> {
        @Override
        public Arbitrary<BreakerWorkload> get() {
            return Shrinking.bounded(workloads(Arbitraries.frequencyOf(
                    Tuple.of(5, whole(Arbitraries.of(Pace.AT_ONCE, Pace.AT_ONCE, Pace.JUST_IN_TIME, Pace.TOO_SLOW))),
                    Tuple.of(3, Arbitraries.create(BreakerStep.Begin::new)),
                    Tuple.of(3, ends()),
                    Tuple.of(3, passes()))));
        }
    }

    /** Calls that overlap, while no time passes to speak of. */
    public static final class AtOnce implements ArbitrarySupplier<BreakerWorkload> {
        @Override
        public Arbitrary<BreakerWorkload> get() {
            return Shrinking.bounded(workloads(Arbitraries.frequencyOf(
                    Tuple.of(5, whole(Arbitraries.just(Pace.AT_ONCE))),
                    Tuple.of(3, Arbitraries.create(BreakerStep.Begin::new)),
                    Tuple.of(3, ends()))));
        }
    }

    private static Arbitrary<BreakerWorkload> workloads(Arbitrary<BreakerStep> steps) {
        Arbitrary<List<BreakerStep>> schedules = steps.list().ofMinSize(1).ofMaxSize(MOST_STEPS);
        return Combinators.combine(
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 3),
                        schedules)
                .as(BreakerWorkload::new);
    }

    private static Arbitrary<BreakerStep> whole(Arbitrary<Pace> paces) {
        return Combinators.combine(endings(), paces).as(BreakerStep.Whole::new);
    }

    private static Arbitrary<BreakerStep> ends() {
        return Combinators.combine(Arbitraries.integers().between(0, 5), endings())
                .as(BreakerStep.End::new);
    }

    private static Arbitrary<CallEnding> endings() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(CallEnding.FAILS)), Tuple.of(3, Arbitraries.of(CallEnding.class)));
    }

    /** Tenths of the open duration and a millisecond, so that no sum of them falls on the very end of it. */
    private static Arbitrary<BreakerStep> passes() {
        return Arbitraries.integers()
                .between(1, 10)
                .map(tenths -> new BreakerStep.Pass(
                        OPEN.dividedBy(10).multipliedBy(tenths).plusMillis(1)));
    }
}
