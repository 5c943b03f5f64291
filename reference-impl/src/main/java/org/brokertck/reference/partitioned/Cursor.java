package org.brokertck.reference.partitioned;

import java.util.concurrent.RejectedExecutionException;
import org.brokertck.api.message.Failure;
import org.brokertck.api.partitioned.DeadRecord;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Where one group stands in one partition. It belongs to one member of the group at a time, and only the thread that handles
 * records for that {@link Assignment} changes it; everybody may read it.
 */
final class Cursor {
    private final Partition partition;
    private final String group;
    private final ParkedRecords parked;
    private final Surroundings around;
    private volatile long committed;
    private volatile @Nullable Assignment owner;
    /** How often the record at the committed offset has failed. */
    private int failures;
    /** Whether that record waits for its next attempt. */
    private volatile boolean waits;

    private volatile TimeSource.@Nullable Alarm alarm;

    private final Tally handled = new Tally();
    private final Tally handledBytes = new Tally();
    private final Tally failed = new Tally();

    Cursor(Partition partition, String group, ParkedRecords parked, Surroundings around) {
        this.partition = partition;
        this.group = group;
        this.parked = parked;
        this.around = around;
    }

    /** Before anybody else knows of this. */
    void startAt(long offset) {
        committed = offset;
    }

    /** The record to be handled next, or null when there is none now. */
    @Nullable
    PartitionRecord next() {
        return waits ? null : partition.at(committed);
    }

    /** The record was handled: the group has done with it. */
    void handled(PartitionRecord record) {
        handled.add(1);
        handledBytes.add(record.valueSize());
        commit(record);
    }

    /** The handler threw: the record waits for its next attempt, or is set aside after the last (rule L-15). */
    void failed(PartitionRecord record, Throwable thrown) {
        around.rates().tick(around.time().millis());
        failed.add(1);
        failures++;
        if (failures < around.config().deliveryLimit()) {
            waitForRetry();
        } else {
            parked.park(new DeadRecord(record, group, failures, Failure.of(thrown)));
            commit(record);
        }
    }

    private void commit(PartitionRecord record) {
        failures = 0;
        committed = record.offset() + 1;
        partition.roomMayHaveBeenMade();
    }

    private void waitForRetry() {
        var delay = around.delays().after(failures - 1);
        if (delay.isZero()) {
            return;
        }
        waits = true;
        try {
            alarm = around.time().schedule(delay, this::retry);
        } catch (RejectedExecutionException e) {
            // The broker was shut down, and its timer with it: there will be no retry.
            alarm = null;
        }
    }

    private void retry() {
        waits = false;
        wakeOwner();
    }

    /** Drops what is still to come. */
    void close() {
        TimeSource.Alarm pending = alarm;
        if (pending != null) {
            pending.cancel();
        }
    }

    /** The offset after the last committed record. */
    long committed() {
        return committed;
    }

    Partition partition() {
        return partition;
    }

    @Nullable
    Assignment owner() {
        return owner;
    }

    /** Under the lock of the groups. */
    void ownedBy(@Nullable Assignment assignment) {
        owner = assignment;
    }

    void wakeOwner() {
        Assignment current = owner;
        if (current != null) {
            current.wake();
        }
    }

    /** Records that handlers succeeded with. */
    long handledRecords() {
        return handled.sum();
    }

    /** The sizes of their values. */
    long handledBytes() {
        return handledBytes.sum();
    }

    /** Attempts that failed. */
    long failedAttempts() {
        return failed.sum();
    }
}
