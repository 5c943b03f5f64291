package org.brokertck.tck.faulty.partitioned;

import java.util.List;
import java.util.stream.Stream;
import org.brokertck.tck.faulty.Fault;

/** All faulty implementations. */
public final class FaultyPartitioned {
    private FaultyPartitioned() {}

    /** All of them, by theme. */
    public static List<Fault> all() {
        return Stream.of(
                        TopicFaults.all(),
                        KeyFaults.all(),
                        OffsetFaults.all(),
                        GroupFaults.all(),
                        RebalanceFaults.all(),
                        FailureFaults.all(),
                        BatchingFaults.all(),
                        MetricsFaults.all(),
                        FidelityFaults.all(),
                        ShutdownFaults.all(),
                        ClosingFaults.all(),
                        WakingFaults.all(),
                        LargestFaults.all(),
                        RemoteFaults.all())
                .flatMap(List::stream)
                .toList();
    }
}
