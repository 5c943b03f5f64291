package org.brokertck.reference.partitioned;

import java.util.Arrays;

/**
 * Below which offset nobody needs the records of a partition: what every group has committed, or all there is while there is no
 * group. A record that is claimed but not written is needed too, or its writer would overwrite the one a lap after it.
 */
final class Floor {
    private final PartitionLog log;
    /** Replaced under the lock; read by whoever wakes the readers. */
    private volatile Cursor[] cursors = {};
    /** All before this are known to be written. Under the lock. */
    private long written;
    /** From here on only records that a group reads are given up, and what is read was written. Under the lock. */
    private long writtenForSure = Long.MAX_VALUE;

    Floor(PartitionLog log) {
        this.log = log;
    }

    /** Takes in a reader of a log from {@code oldest} to {@code end}, to which nobody appends meanwhile. Under the lock. */
    void add(Cursor cursor, long oldest, long end) {
        Cursor[] more = Arrays.copyOf(cursors, cursors.length + 1);
        more[cursors.length] = cursor;
        cursors = more;
        // What is no longer kept was given up once, and nothing is given up before it is written.
        written = Math.max(written, oldest);
        writtenForSure = end;
    }

    /** The floor now. Under the lock. */
    long now() {
        return Math.min(committed(), writtenSoFar());
    }

    /** What every reader has committed; the greatest number while there is no reader. Without the lock. */
    long committed() {
        long lowest = Long.MAX_VALUE;
        for (Cursor cursor : cursors) {
            lowest = Math.min(lowest, cursor.committed());
        }
        return lowest;
    }

    void wakeReaders() {
        for (Cursor cursor : cursors) {
            cursor.wakeOwner();
        }
    }

    private long writtenSoFar() {
        while (written < writtenForSure && log.at(written) != null) {
            written++;
        }
        return written < writtenForSure ? written : Long.MAX_VALUE;
    }
}
