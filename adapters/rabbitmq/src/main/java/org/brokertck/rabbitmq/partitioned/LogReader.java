package org.brokertck.rabbitmq.partitioned;

import java.util.ArrayList;
import java.util.List;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.rabbitmq.connection.Deadline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads partitions without a group (rule L-12). */
final class LogReader {
    /** How many records are read in one go. */
    static final int PORTION = 500;

    private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);

    private final LogParts parts;

    LogReader(LogParts parts) {
        this.parts = parts;
    }

    /** What is there from an offset on; some of it, and none only at the end. */
    List<PartitionRecord> read(String topic, int partition, long from, int limit) {
        String stream = parts.journal.state().stream(topic, partition);
        if (stream == null) {
            // Another instance may have made it.
            parts.journal.sync(parts.patience());
            stream = parts.journal.state().stream(topic, partition);
        }
        if (stream == null) {
            return List.of();
        }
        String there = stream;
        Deadline deadline = Deadline.in(parts.patience());
        List<StreamReads.Entry> entries = parts.desk.ask(channel -> {
            long end = StreamReads.end(channel, there, deadline);
            // The first entry is the header.
            if (from >= end) {
                return List.of();
            }
            long to = from + Math.min(Math.min(limit, PORTION), end - from);
            return StreamReads.read(channel, there, from + 1, to, deadline);
        });
        List<PartitionRecord> records = new ArrayList<>();
        for (StreamReads.Entry entry : entries) {
            try {
                records.add(RecordCodec.decode(topic, partition, entry.place() - 1, entry.body()));
            } catch (IllegalArgumentException e) {
                LOG.warn("Entry {} of stream {} is passed over", entry.place(), there, e);
            }
        }
        return records;
    }
}
