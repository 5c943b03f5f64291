package org.brokertck.tck.workload.requestreply;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.brokertck.tck.workload.Shrinking;
import org.brokertck.tck.workload.requestreply.RequestStep.Kind;

/** Schedules of request/reply, for {@code @ForAll(supplier = …)}: every feature meets every other. */
public final class RequestSchedules implements ArbitrarySupplier<List<RequestStep>> {
    private static final int FEWEST_STEPS = 15;
    private static final int MOST_STEPS = 50;

    @Override
    public Arbitrary<List<RequestStep>> get() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                Tuple.of(18, Kind.REQUEST),
                Tuple.of(4, Kind.RESPOND),
                Tuple.of(3, Kind.LEAVE),
                Tuple.of(2, Kind.AGAIN),
                Tuple.of(6, Kind.REPLY),
                Tuple.of(2, Kind.FAIL),
                Tuple.of(1, Kind.NOTHING),
                Tuple.of(2, Kind.CANCEL),
                Tuple.of(2, Kind.INTERRUPT),
                Tuple.of(1, Kind.WAIT),
                Tuple.of(2, Kind.PASS));
        Arbitrary<RequestStep> steps = Combinators.combine(
                        kinds, Arbitraries.integers().between(0, 11))
                .as(RequestStep::new);
        return Shrinking.bounded(steps.list().ofMinSize(FEWEST_STEPS).ofMaxSize(MOST_STEPS));
    }
}
