package org.brokertck.tck.faulty.pool;

import java.util.List;
import java.util.stream.Stream;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.pool.plain.PlainTarget;

/** All faulty connection pools. */
public final class FaultyPools {
    private FaultyPools() {}

    /** All of them, by theme. */
    public static List<Fault> all() {
        return Stream.of(
                        PlaceFaults.all(),
                        FairnessFaults.all(),
                        ConnectionFaults.all(),
                        ClosingFaults.all(),
                        MeetingFaults.all(),
                        InstanceFaults.all())
                .flatMap(List::stream)
                .toList();
    }

    /** A faulty variant of the plain pool. */
    static Fault plain(String name, String rule, String finding, String description, PlainTarget.Pools pools) {
        return Fault.of(name, rule, finding, description, () -> PlainTarget.of(name, pools));
    }
}
