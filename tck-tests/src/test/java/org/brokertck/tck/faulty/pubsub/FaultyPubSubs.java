package org.brokertck.tck.faulty.pubsub;

import java.util.List;
import java.util.stream.Stream;
import org.brokertck.tck.faulty.Fault;

/** All faulty publish/subscribe brokers. */
public final class FaultyPubSubs {
    private FaultyPubSubs() {}

    /** All of them, by theme. */
    public static List<Fault> all() {
        return Stream.of(
                        RoutingFaults.all(),
                        DeliveryFaults.all(),
                        BufferFaults.all(),
                        EndingFaults.all(),
                        TopicFaults.all(),
                        WordFaults.all(),
                        SharingFaults.all(),
                        InstanceFaults.all(),
                        FidelityFaults.all(),
                        RemoteFaults.all())
                .flatMap(List::stream)
                .toList();
    }
}
