package org.brokertck.tck.faulty.partitioned.plain;

import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** Where one group stands in one partition, and who works on it. Used only under the lock of the store. */
public final class Slot {
    /** Signalled when there is something to do, or nothing any more. */
    public final Condition work;

    /** The offset after the last committed record. */
    public long committed;

    /** Failed attempts at the record that is next. */
    public int attempts;

    /** When the record that is next may be attempted. */
    public long dueNanos = Long.MIN_VALUE;

    /** Whose the partition shall be. */
    public @Nullable PlainMember owner;

    /** Who has it now. */
    public @Nullable Worker worker;

    private final Group group;
    private final Partition partition;

    Slot(Group group, Partition partition, Condition work) {
        this.group = group;
        this.partition = partition;
        this.work = work;
    }

    /** Its group. */
    public Group group() {
        return group;
    }

    /** Its partition. */
    public Partition partition() {
        return partition;
    }

    /** Whether that member has it, and keeps it. */
    public boolean isHeldBy(PlainMember member) {
        return worker != null && worker.member() == member;
    }
}
