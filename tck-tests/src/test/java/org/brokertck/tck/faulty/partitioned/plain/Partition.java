package org.brokertck.tck.faulty.partitioned.plain;

import java.util.ArrayList;
import org.brokertck.api.partitioned.PartitionRecord;
import org.jspecify.annotations.Nullable;

/** The log of one partition: what is kept of it, and how much is promised a place in it. Used only under the lock of its store. */
public final class Partition {
    private final Topic topic;
    private final int number;
    private final ArrayList<PartitionRecord> records = new ArrayList<>();
    private int dropped;
    private long first;

    /** Records that were accepted and are not yet appended. */
    public int promised;

    Partition(Topic topic, int number) {
        this.topic = topic;
        this.number = number;
    }

    /** Its topic. */
    public Topic topic() {
        return topic;
    }

    /** Its number, from 0. */
    public int number() {
        return number;
    }

    /** The oldest offset that is kept. */
    public long first() {
        return first;
    }

    /** The offset that comes next. */
    public long next() {
        return first + size();
    }

    /** How many records are kept. */
    public int size() {
        return records.size() - dropped;
    }

    /** The record at that offset; null when it is no longer or not yet there. */
    public @Nullable PartitionRecord at(long offset) {
        return offset < first || offset >= next() ? null : records.get((int) (offset - first) + dropped);
    }

    /** Appends a record. */
    public void append(PartitionRecord record) {
        records.add(record);
    }

    /** Forgets the oldest record. */
    public void forgetOldest() {
        first++;
        dropped++;
        if (dropped > records.size() / 2) {
            records.subList(0, dropped).clear();
            dropped = 0;
        }
    }

    /** Up to which offset every group has handled; all that there is while there is no group. */
    public long handled() {
        return topic.allGroups().stream()
                .mapToLong(it -> it.slot(number).committed)
                .min()
                .orElse(next());
    }

    /** How many places are taken. */
    public long taken() {
        return next() - Math.max(first, handled()) + promised;
    }
}
