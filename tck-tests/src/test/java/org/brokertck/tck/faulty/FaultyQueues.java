package org.brokertck.tck.faulty;

import java.util.List;
import java.util.stream.Stream;

/** All faulty implementations. */
final class FaultyQueues {
    private FaultyQueues() {}

    static List<Fault> all() {
        return Stream.of(
                        ArgumentFaults.all(),
                        FidelityFaults.all(),
                        DeliveryFaults.all(),
                        HandlerFaults.all(),
                        RetryFaults.all(),
                        DeadLetterFaults.all(),
                        MetricsFaults.all(),
                        CapacityFaults.all(),
                        ClosingFaults.all(),
                        IsolationFaults.all(),
                        RemoteFaults.all(),
                        CornerFaults.all())
                .flatMap(List::stream)
                .toList();
    }
}
