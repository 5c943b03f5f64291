package org.brokertck.telemetry;

import java.util.List;
import java.util.function.UnaryOperator;
import org.brokertck.api.partitioned.DeadRecord;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.RecordDeadLetters;

/** Dead records as they were produced. */
record PlainDeadRecords(RecordDeadLetters letters, UnaryOperator<PartitionRecord> plain) implements RecordDeadLetters {
    @Override
    public List<DeadRecord> list(int limit) {
        return letters.list(limit).stream()
                .map(it -> new DeadRecord(plain.apply(it.record()), it.group(), it.attempts(), it.failure()))
                .toList();
    }

    @Override
    public int purge() {
        return letters.purge();
    }
}
