package org.brokertck.tck.faulty.broker;

import java.util.List;
import java.util.stream.Stream;
import org.brokertck.tck.faulty.Fault;

/** All faulty message brokers. */
public final class FaultyBrokers {
    private FaultyBrokers() {}

    /** All of them, by theme. */
    public static List<Fault> all() {
        return Stream.of(
                        DeliveryFaults.all(),
                        HealthFaults.all(),
                        ClosingFaults.all(),
                        InstanceFaults.all(),
                        LeavingFaults.all(),
                        MeetingFaults.all(),
                        SettingFaults.all(),
                        TurnFaults.all(),
                        RemoteFaults.all())
                .flatMap(List::stream)
                .toList();
    }
}
