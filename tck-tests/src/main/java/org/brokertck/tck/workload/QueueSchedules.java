package org.brokertck.tck.workload;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.brokertck.tck.workload.QueueStep.Kind;

/** Schedules for queues, for {@code @ForAll(supplier = …)}: every feature meets every other. */
public final class QueueSchedules {
    private static final int FEWEST_STEPS = 15;
    private static final int MOST_STEPS = 45;
    private static final int ROOMY = 10_000;

    private QueueSchedules() {}

    /** The queue is never full. */
    public static final class Roomy implements ArbitrarySupplier<QueueSchedule> {
        @Override
        public Arbitrary<QueueSchedule> get() {
            return Shrinking.bounded(schedules(
                    Arbitraries.just(ROOMY),
                    Arbitraries.frequency(
                            Tuple.of(12, Kind.PRODUCE),
                            Tuple.of(4, Kind.JOIN),
                            Tuple.of(2, Kind.LEAVE),
                            Tuple.of(1, Kind.AGAIN),
                            Tuple.of(5, Kind.SUCCEED),
                            Tuple.of(9, Kind.FAIL),
                            Tuple.of(4, Kind.REDRIVE),
                            Tuple.of(2, Kind.PURGE),
                            Tuple.of(4, Kind.PASS))));
        }
    }

    /** The queue is full now and then, and producers wait for room. */
    public static final class Tight implements ArbitrarySupplier<QueueSchedule> {
        @Override
        public Arbitrary<QueueSchedule> get() {
            return Shrinking.bounded(schedules(
                    Arbitraries.integers().between(1, 4),
                    Arbitraries.frequency(
                            Tuple.of(14, Kind.PRODUCE),
                            Tuple.of(4, Kind.JOIN),
                            Tuple.of(2, Kind.LEAVE),
                            Tuple.of(1, Kind.AGAIN),
                            Tuple.of(5, Kind.SUCCEED),
                            Tuple.of(9, Kind.FAIL),
                            Tuple.of(4, Kind.INTERRUPT),
                            Tuple.of(4, Kind.REDRIVE),
                            Tuple.of(2, Kind.PURGE),
                            Tuple.of(4, Kind.PASS),
                            Tuple.of(1, Kind.GIVE_UP))));
        }
    }

    private static Arbitrary<QueueSchedule> schedules(Arbitrary<Integer> capacities, Arbitrary<Kind> kinds) {
        Arbitrary<QueueStep> steps =
                Combinators.combine(kinds, Arbitraries.integers().between(0, 5)).as(QueueStep::new);
        return Combinators.combine(
                        capacities,
                        steps.list().ofMinSize(FEWEST_STEPS).ofMaxSize(MOST_STEPS),
                        Arbitraries.integers().between(0, 7))
                .as(QueueSchedule::new);
    }
}
