package org.brokertck.reference.partitioned;

import java.util.concurrent.atomic.AtomicReference;
import org.brokertck.api.partitioned.PartitionRecord;
import org.jspecify.annotations.Nullable;

/**
 * The time in which one partition is one member's. Its records are handled in runs, each by one thread that takes the assignment
 * for as long; it ends between two runs, once it was ordered to, and only then may another member have the partition (rule L-9).
 */
final class Assignment {
    /** What the assignment shall do; orders only grow stricter. */
    enum Order {
        GO_ON,
        /** Start no handler any more; one that runs may finish. */
        LEAVE,
        /** The handler that runs was interrupted: it may still succeed, but if it fails, that counts for nothing. */
        CUT,
        /** The handler that runs was interrupted: whatever it ends with, its record stays uncommitted. */
        ABANDON
    }

    private enum State {
        IDLE,
        RUNNING,
        ENDED
    }

    private final Group group;
    private final Member member;
    private final Cursor cursor;
    private final Surroundings around;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private volatile Order order = Order.GO_ON;
    private volatile @Nullable Thread runner;
    private volatile boolean cutOff;

    Assignment(Group group, Member member, Cursor cursor, Surroundings around) {
        this.group = group;
        this.member = member;
        this.cursor = cursor;
        this.around = around;
    }

    /** Whether a run would find something to handle. */
    boolean isReady() {
        return cursor.next() != null && state.get() == State.IDLE;
    }

    /**
     * Handles what is there, unless another thread is at it.
     *
     * @param most how many attempts to make at most
     * @return whether there was any
     */
    boolean run(int most) {
        if (cursor.next() == null || !state.compareAndSet(State.IDLE, State.RUNNING)) {
            return false;
        }
        runner = Thread.currentThread();
        around.rates().tick(around.time().millis());
        int attempts = 0;
        long next = 0;
        for (PartitionRecord record = cursor.next();
                record != null && attempts < most && attempt(record);
                record = cursor.next()) {
            next = record.offset() + 1;
            attempts++;
        }
        cursor.partition().handedOver(next);
        runner = null;
        state.set(State.IDLE);
        if (order != Order.GO_ON) {
            endIfIdle();
        }
        return attempts > 0;
    }

    private boolean attempt(PartitionRecord record) {
        // A flag that the last handler left is no business of this one. It is cleared before the look at the order, so
        // that the
        // interrupt that comes with an order is not lost.
        Thread.interrupted();
        if (order != Order.GO_ON) {
            return false;
        }
        Throwable thrown = null;
        try {
            member.handler().handle(record);
        } catch (Throwable failure) {
            thrown = failure;
        }
        settle(record, thrown);
        return true;
    }

    private void settle(PartitionRecord record, @Nullable Throwable thrown) {
        Order now = order;
        if (now == Order.ABANDON || (now == Order.CUT && thrown != null)) {
            cutOff = true;
        } else if (thrown == null) {
            cursor.handled(record);
        } else {
            cursor.failed(record, thrown);
        }
    }

    /** Gives an order. Under the lock of the groups. */
    void order(Order stricter) {
        if (stricter.compareTo(order) > 0) {
            order = stricter;
        }
        endIfIdle();
    }

    private void endIfIdle() {
        if (state.compareAndSet(State.IDLE, State.ENDED)) {
            group.ended(this);
        }
    }

    /** Interrupts the handler that runs, which has been given its order before. */
    void interrupt() {
        Thread running = runner;
        if (running != null) {
            running.interrupt();
        }
    }

    /** Whether a handler runs, or is about to find out that it may not. */
    boolean isRunning() {
        return state.get() == State.RUNNING;
    }

    /** Whether a handler was running at an order that kept its record from being committed. */
    boolean wasCutOff() {
        return cutOff;
    }

    void wake() {
        member.wake();
    }

    Member member() {
        return member;
    }

    Cursor cursor() {
        return cursor;
    }
}
