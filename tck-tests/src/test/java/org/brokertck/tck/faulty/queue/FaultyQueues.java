package org.brokertck.tck.faulty.queue;

import java.util.List;
import java.util.stream.Stream;
import org.brokertck.tck.faulty.Fault;

/** All faulty implementations. */
public final class FaultyQueues {
    private FaultyQueues() {}

    /** All of them, by theme. */
    public static List<Fault> all() {
        return Stream.of(
                        ArgumentFaults.all(),
                        FidelityFaults.all(),
                        DeliveryFaults.all(),
                        HandlerFaults.all(),
                        RetryFaults.all(),
                        DeadLetterFaults.all(),
                        DeadLetterRaceFaults.all(),
                        MetricsFaults.all(),
                        CapacityFaults.all(),
                        CapacityEdgeFaults.all(),
                        ClosingFaults.all(),
                        DrainFaults.all(),
                        IsolationFaults.all(),
                        MeetingFaults.all(),
                        TurnFaults.all(),
                        RemoteFaults.all(),
                        CornerFaults.all(),
                        SpecialCaseFaults.all())
                .flatMap(List::stream)
                .toList();
    }
}
