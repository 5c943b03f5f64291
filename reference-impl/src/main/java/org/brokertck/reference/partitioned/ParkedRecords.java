package org.brokertck.reference.partitioned;

import java.util.ArrayDeque;
import java.util.List;
import org.brokertck.api.partitioned.DeadRecord;
import org.brokertck.api.partitioned.RecordDeadLetters;

/** The records of one topic that were set aside, oldest first. Their number is the user's business. */
final class ParkedRecords implements RecordDeadLetters {
    /** Throws when the broker is shut down. */
    private final Runnable requireOpen;

    private final ArrayDeque<DeadRecord> records = new ArrayDeque<>();

    ParkedRecords(Runnable requireOpen) {
        this.requireOpen = requireOpen;
    }

    synchronized void park(DeadRecord dead) {
        records.addLast(dead);
    }

    @Override
    public List<DeadRecord> list(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + ": it must be 1 or more");
        }
        requireOpen.run();
        synchronized (this) {
            return records.stream().limit(limit).toList();
        }
    }

    @Override
    public int purge() {
        requireOpen.run();
        synchronized (this) {
            int purged = records.size();
            records.clear();
            return purged;
        }
    }
}
