package org.brokertck.tck.workload.broker;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.brokertck.tck.workload.Shrinking;
import org.brokertck.tck.workload.broker.BrokerStep.Kind;

/** Schedules for message brokers, for {@code @ForAll(supplier = …)}: every feature meets every other. */
public final class BrokerSchedules {
    private static final int FEWEST_STEPS = 15;
    private static final int MOST_STEPS = 45;
    private static final int ROOMY = 10_000;

    private BrokerSchedules() {}

    /** There is always room, and handlers fail now and then. */
    public static final class Roomy implements ArbitrarySupplier<BrokerSchedule> {
        @Override
        public Arbitrary<BrokerSchedule> get() {
            return Shrinking.bounded(schedules(
                    Arbitraries.just(ROOMY),
                    Arbitraries.frequency(
                            Tuple.of(10, Kind.PRODUCE),
                            Tuple.of(4, Kind.SUBSCRIBE),
                            Tuple.of(2, Kind.LEAVE),
                            Tuple.of(1, Kind.AGAIN),
                            Tuple.of(8, Kind.SUCCEED),
                            Tuple.of(3, Kind.FAIL))));
        }
    }

    /** Subscribers have no room now and then, and producers wait. */
    public static final class Tight implements ArbitrarySupplier<BrokerSchedule> {
        @Override
        public Arbitrary<BrokerSchedule> get() {
            return Shrinking.bounded(schedules(
                    Arbitraries.integers().between(1, 3),
                    Arbitraries.frequency(
                            Tuple.of(14, Kind.PRODUCE),
                            Tuple.of(4, Kind.SUBSCRIBE),
                            Tuple.of(2, Kind.LEAVE),
                            Tuple.of(1, Kind.AGAIN),
                            Tuple.of(9, Kind.SUCCEED),
                            Tuple.of(3, Kind.INTERRUPT))));
        }
    }

    private static Arbitrary<BrokerSchedule> schedules(Arbitrary<Integer> capacities, Arbitrary<Kind> kinds) {
        Arbitrary<BrokerStep> steps =
                Combinators.combine(kinds, Arbitraries.integers().between(0, 5)).as(BrokerStep::new);
        return Combinators.combine(
                        capacities, steps.list().ofMinSize(FEWEST_STEPS).ofMaxSize(MOST_STEPS))
                .as(BrokerSchedule::new);
    }
}
