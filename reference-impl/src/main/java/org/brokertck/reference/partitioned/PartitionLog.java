package org.brokertck.reference.partitioned;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.brokertck.api.partitioned.PartitionRecord;
import org.jspecify.annotations.Nullable;

/**
 * The records of one partition, oldest first. A producer claims an offset below the bound, writes its record to the slot of that
 * offset, and wakes readers if one sleeps; there is no lock in this. A reader takes what stands in the slot of the offset that it
 * wants once it is the record of that offset.
 *
 * <p>The bound keeps a slot from being written again while somebody needs what is in it. Whoever holds the lock of the partition,
 * which is its {@link Intake}'s, moves it.
 */
final class PartitionLog {
    /** What {@link #tryAppend} answers when the end has reached the bound. */
    static final long NO_ROOM = -1;

    private final String topic;
    private final int partition;
    private final int capacity;
    private final Slots slots;
    private final Tail tail = new Tail();
    private final Floor floor = new Floor(this);
    private volatile long bound;
    private volatile boolean readersAsleep;

    PartitionLog(String topic, int partition, int capacity) {
        this.topic = topic;
        this.partition = partition;
        this.capacity = capacity;
        this.slots = new Slots(capacity);
    }

    /**
     * Appends a record, unless the end has reached the bound.
     *
     * @param value from now on the record's own
     * @param headers from now on the record's own
     * @return its offset, or {@link #NO_ROOM}
     */
    long tryAppend(@Nullable String key, byte[] value, Map<String, String> headers, long millis) {
        return tryAppendBelow(bound, key, value, headers, millis);
    }

    /** As {@link #tryAppend}, with a bound that the holder of the lock has just found. */
    long tryAppendBelow(long newBound, @Nullable String key, byte[] value, Map<String, String> headers, long millis) {
        for (long end = tail.claimable(); end < newBound; end = tail.claimable()) {
            if (tail.claim(end)) {
                publish(end, key, value, headers, millis);
                return end;
            }
        }
        return NO_ROOM;
    }

    private void publish(long offset, @Nullable String key, byte[] value, Map<String, String> headers, long millis) {
        tail.addBytes(value.length);
        slots.put(PartitionRecord.owned(topic, partition, offset, millis, key, value, headers));
        if (readersAsleep) {
            wakeReaders();
        }
    }

    /** The record of an offset, or null while it is not written yet. */
    @Nullable
    PartitionRecord at(long offset) {
        PartitionRecord record = slots.slotOf(offset);
        return record != null && record.offset() == offset ? record : null;
    }

    /** What is written from an offset on, up to the first that is not. */
    List<PartitionRecord> read(long from, int limit) {
        long offset = Math.max(from, oldest());
        List<PartitionRecord> found = new ArrayList<>();
        while (found.size() < limit && offset < end()) {
            PartitionRecord record = slots.slotOf(offset);
            if (record != null && record.offset() > offset) {
                // Overwritten since it was looked for, and so is all that was found before it.
                found.clear();
                offset = Math.max(offset + 1, oldest());
            } else if (record == null || record.offset() < offset) {
                return found;
            } else {
                found.add(record);
                offset++;
            }
        }
        return found;
    }

    /** The offset of the next record. */
    long end() {
        return tail.end();
    }

    /** The first offset that is kept. */
    long oldest() {
        return Math.max(0, end() - capacity);
    }

    /** The sum of the sizes of all values. */
    long bytes() {
        return tail.bytes();
    }

    /** Where the records stop that nobody needs any more, and how many may follow. Under the lock. */
    long newBound() {
        return floor.now() + capacity;
    }

    /** How many records the readers have left room for; a glance without the lock. */
    long room() {
        long end = end();
        // Without a reader nothing is needed, and all is room.
        return Math.min(floor.committed(), end) - end + capacity;
    }

    /** Lets producers append below a bound without the lock; 0 sends all of them to the lock. Under the lock. */
    void openUpTo(long newBound) {
        bound = newBound;
    }

    /** From now on nobody appends any more. Under the lock. */
    void close() {
        tail.freeze();
    }

    /**
     * Takes in a reader, whose records are kept from now on. Under the lock.
     *
     * @param start finds where the reader starts from the oldest offset and the end, neither of which moves meanwhile
     */
    void attach(Cursor cursor, Start start) {
        long end = tail.freeze();
        try {
            long oldest = Math.max(0, end - capacity);
            cursor.startAt(start.between(oldest, end));
            floor.add(cursor, oldest, end);
            bound = 0;
        } finally {
            tail.thaw();
        }
    }

    /**
     * A reader is about to sleep: from now on whoever appends wakes it. It must look once more before it sleeps, for what was
     * appended before this call.
     */
    void readerSleeps() {
        if (!readersAsleep) {
            readersAsleep = true;
        }
    }

    private void wakeReaders() {
        // In this order: who falls asleep after the first line is woken by the next record, who slept before it by the
        // second.
        readersAsleep = false;
        floor.wakeReaders();
    }

    /** Chooses a place in the log. */
    @FunctionalInterface
    interface Start {
        /** An offset from {@code oldest} to {@code end}. */
        long between(long oldest, long end);
    }
}
