package org.brokertck.tck.faulty.requestreply;

import java.util.List;
import java.util.stream.Stream;
import org.brokertck.tck.faulty.Fault;

/** All faulty request/reply. */
public final class FaultyRequestReplies {
    private FaultyRequestReplies() {}

    /** All of them, by theme. */
    public static List<Fault> all() {
        return Stream.of(
                        CorrelationFaults.all(),
                        TimingFaults.all(),
                        FailureFaults.all(),
                        InstanceFaults.all(),
                        ClosingFaults.all(),
                        MeetingFaults.all(),
                        RemoteFaults.all())
                .flatMap(List::stream)
                .toList();
    }
}
