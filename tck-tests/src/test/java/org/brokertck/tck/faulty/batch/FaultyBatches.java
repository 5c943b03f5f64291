package org.brokertck.tck.faulty.batch;

import java.util.List;
import java.util.stream.Stream;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.batch.plain.PlainTarget;

/** All faulty batch processors. */
public final class FaultyBatches {
    private FaultyBatches() {}

    /** All of them, by theme. */
    public static List<Fault> all() {
        return Stream.of(
                        FlushFaults.all(),
                        RetryFaults.all(),
                        ClosingFaults.all(),
                        MeetingFaults.all(),
                        InstanceFaults.all())
                .flatMap(List::stream)
                .toList();
    }

    /** A faulty variant of the plain batch processor. */
    static Fault plain(String name, String rule, String finding, String description, PlainTarget.Batches batches) {
        return Fault.of(name, rule, finding, description, () -> PlainTarget.of(name, batches));
    }
}
