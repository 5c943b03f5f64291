package org.brokertck.tck.faulty.multibroker;

import java.util.List;
import java.util.stream.Stream;
import org.brokertck.tck.faulty.Fault;

/** All faulty multi-brokers. */
public final class FaultyMultiBrokers {
    private FaultyMultiBrokers() {}

    /** All of them, by theme. */
    public static List<Fault> all() {
        return Stream.of(
                        RoutingFaults.all(),
                        FailoverFaults.all(),
                        CircuitFaults.all(),
                        HealthFaults.all(),
                        InstanceFaults.all(),
                        MeetingFaults.all())
                .flatMap(List::stream)
                .toList();
    }
}
