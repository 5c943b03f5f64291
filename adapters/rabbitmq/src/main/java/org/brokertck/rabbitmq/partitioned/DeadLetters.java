package org.brokertck.rabbitmq.partitioned;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.brokertck.api.partitioned.DeadRecord;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.RecordDeadLetters;

/** The dead letters of one topic. The journal notes which they are; they are read where they lie. */
final class DeadLetters implements RecordDeadLetters {
    private final LogParts parts;
    private final LogReader reader;
    private final String topic;

    DeadLetters(LogParts parts, LogReader reader, String topic) {
        this.parts = parts;
        this.reader = reader;
        this.topic = topic;
    }

    @Override
    public List<DeadRecord> list(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + ": it must be 1 or more");
        }
        parts.requireOpen();
        parts.journal.sync(parts.patience());
        List<DeadNote> notes = parts.journal.state().dead(topic, limit);
        Map<Integer, TreeMap<Long, PartitionRecord>> records = new HashMap<>();
        for (DeadNote note : notes) {
            records.computeIfAbsent(note.partition(), number -> new TreeMap<>());
        }
        records.forEach((partition, found) -> fetch(partition, offsetsOf(notes, partition), found));
        List<DeadRecord> dead = new ArrayList<>();
        for (DeadNote note : notes) {
            PartitionRecord record =
                    Objects.requireNonNull(records.get(note.partition())).get(note.offset());
            // A policy of the server may have bounded the stream meanwhile.
            if (record != null) {
                dead.add(new DeadRecord(record, note.group(), note.attempts(), note.failure()));
            }
        }
        return dead;
    }

    private static List<Long> offsetsOf(List<DeadNote> notes, int partition) {
        return notes.stream()
                .filter(note -> note.partition() == partition)
                .map(DeadNote::offset)
                .distinct()
                .sorted()
                .toList();
    }

    /** Reads what lies close together in one go. */
    private void fetch(int partition, List<Long> offsets, Map<Long, PartitionRecord> found) {
        long readUpTo = -1;
        for (long offset : offsets) {
            while (offset >= readUpTo && !found.containsKey(offset)) {
                List<PartitionRecord> some = reader.read(topic, partition, offset, LogReader.PORTION);
                some.forEach(record -> found.put(record.offset(), record));
                readUpTo = some.isEmpty()
                        ? Long.MAX_VALUE
                        : Math.max(offset, some.get(some.size() - 1).offset()) + 1;
            }
        }
    }

    @Override
    public int purge() {
        parts.requireOpen();
        return (int) parts.journal.tell(
                "purge the dead letters of topic '" + topic + "'", parts.patience(), new Fact.Purged(topic));
    }
}
