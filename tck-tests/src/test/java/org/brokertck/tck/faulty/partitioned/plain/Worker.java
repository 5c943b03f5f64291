package org.brokertck.tck.faulty.partitioned.plain;

import org.brokertck.api.partitioned.PartitionRecord;
import org.jspecify.annotations.Nullable;

/** The work of one member on one partition: a thread that takes the next record and has it handled. Its state is under the lock. */
public class Worker {
    /** Whether a handler runs. */
    public boolean busy;

    private final PlainDelivering broker;
    private final PlainMember member;
    private final Slot slot;
    private final Thread thread;

    /** Started apart. */
    @SuppressWarnings("this-escape") // the thread is not started yet
    protected Worker(PlainDelivering broker, PlainMember member, Slot slot) {
        this.broker = broker;
        this.member = member;
        this.slot = slot;
        this.thread = new Thread(
                this::run,
                "plain-" + broker.name() + "-" + member.group().name() + "-"
                        + slot.partition().number());
        thread.setDaemon(true);
    }

    /** Takes and handles, until the partition is another's. */
    protected void run() {
        for (@Nullable PartitionRecord it = broker.take(this); it != null; it = broker.take(this)) {
            broker.attempt(this, it);
        }
        broker.letGo(this);
    }

    /** For whom. */
    public PlainMember member() {
        return member;
    }

    /** On what. */
    public Slot slot() {
        return slot;
    }

    /** The thread that handlers run on. */
    public Thread thread() {
        return thread;
    }

    /** Interrupts its handler if one runs. */
    protected void interruptHandler() {
        if (busy) {
            thread.interrupt();
        }
    }

    /** Its handler starts or ends; a flag that the last handler left behind is no business of the next record. */
    protected void busy(boolean now) {
        busy = now;
        Thread.interrupted();
    }
}
