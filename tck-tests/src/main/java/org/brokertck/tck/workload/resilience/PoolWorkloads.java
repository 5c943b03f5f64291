package org.brokertck.tck.workload.resilience;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.brokertck.tck.workload.Shrinking;
import org.brokertck.tck.workload.resilience.PoolStep.Kind;

/** Schedules for connection pools, for {@code @ForAll(supplier = …)}. */
public final class PoolWorkloads {
    private static final int MOST_STEPS = 30;

    private PoolWorkloads() {}

    /** Borrowers come, wait, give back, discard and are interrupted, while connections break and cannot be opened. */
    public static final class Any implements ArbitrarySupplier<PoolWorkload> {
        @Override
        public Arbitrary<PoolWorkload> get() {
            Arbitrary<Kind> kinds = Arbitraries.frequency(
                    Tuple.of(8, Kind.BORROW),
                    Tuple.of(2, Kind.BORROW_AT_ONCE),
                    Tuple.of(5, Kind.GIVE_BACK),
                    Tuple.of(3, Kind.DISCARD),
                    Tuple.of(2, Kind.BREAK_IDLE),
                    Tuple.of(1, Kind.FAIL_NEXT),
                    Tuple.of(1, Kind.INTERRUPT));
            Arbitrary<PoolStep> steps = Combinators.combine(
                            kinds, Arbitraries.integers().between(0, 5))
                    .as(PoolStep::new);
            return Shrinking.bounded(Combinators.combine(
                            Arbitraries.integers().between(1, 4),
                            steps.list().ofMinSize(1).ofMaxSize(MOST_STEPS))
                    .as(PoolWorkload::new));
        }
    }
}
