package org.brokertck.tck.faulty.breaker;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.brokertck.api.resilience.CircuitBreaker;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.breaker.plain.PlainTarget;

/** All faulty circuit breakers. */
public final class FaultyBreakers {
    private FaultyBreakers() {}

    /** All of them, by theme. */
    public static List<Fault> all() {
        return Stream.of(
                        OpeningFaults.all(),
                        ProbingFaults.all(),
                        CallFaults.all(),
                        MeetingFaults.all(),
                        InstanceFaults.all())
                .flatMap(List::stream)
                .toList();
    }

    /** A faulty variant of the plain breaker. */
    static Fault plain(
            String name,
            String rule,
            String finding,
            String description,
            Function<PlainTarget.Opening, CircuitBreaker> breakers) {
        return Fault.of(name, rule, finding, description, () -> PlainTarget.of(name, breakers));
    }
}
