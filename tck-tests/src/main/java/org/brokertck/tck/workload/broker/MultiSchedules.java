package org.brokertck.tck.workload.broker;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.brokertck.tck.workload.Shrinking;
import org.brokertck.tck.workload.broker.MultiStep.Kind;

/** Schedules for multi-brokers, for {@code @ForAll(supplier = …)}: every feature meets every other. */
public final class MultiSchedules implements ArbitrarySupplier<MultiSchedule> {
    private static final int FEWEST_STEPS = 15;
    private static final int MOST_STEPS = 50;
    private static final int MOST_FAILURES = 4;

    @Override
    public Arbitrary<MultiSchedule> get() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                Tuple.of(16, Kind.PRODUCE),
                Tuple.of(5, Kind.FAILS),
                Tuple.of(2, Kind.LOSES_ANSWERS),
                Tuple.of(1, Kind.TOO_LARGE),
                Tuple.of(2, Kind.REFUSES),
                Tuple.of(4, Kind.WORKS),
                Tuple.of(2, Kind.SAYS),
                Tuple.of(2, Kind.DOWN),
                Tuple.of(2, Kind.UP),
                Tuple.of(3, Kind.WAIT),
                Tuple.of(3, Kind.PASS),
                Tuple.of(3, Kind.SUBSCRIBE),
                Tuple.of(2, Kind.LEAVE),
                Tuple.of(2, Kind.ROUTE),
                Tuple.of(1, Kind.ADD));
        Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 11);
        Arbitrary<MultiStep> steps =
                Combinators.combine(kinds, numbers, numbers).as(MultiStep::new);
        return Shrinking.bounded(Combinators.combine(
                        Arbitraries.integers().between(1, MOST_FAILURES),
                        steps.list().ofMinSize(FEWEST_STEPS).ofMaxSize(MOST_STEPS))
                .as(MultiSchedule::new));
    }
}
