package org.brokertck.reference.partitioned;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The graceful end of one member, or of a broker with all its members. Once begun it ends when no assignment is left or, with a last
 * order and an interrupt to those that are, when its time is up; an alarm sees to that, whether anyone waits or not. Methods
 * without a word about the lock are called under the lock of the groups.
 */
final class Departure {
    /** How long threads may take to die once nothing keeps them. */
    private static final Duration LEAVING = Duration.ofSeconds(10);
    /** How long an interrupted handler may take to notice, before it is left behind; real time, whatever the clock. */
    private static final Duration GRACE = Duration.ofMillis(200);

    private enum Phase {
        STAYING,
        LEAVING,
        GONE
    }

    private final String what;
    private final ReentrantLock lock;
    private final TimeSource time;
    private final Supplier<Collection<Assignment>> leaving;
    private final Supplier<List<Thread>> threads;
    private final Assignment.Order last;
    private final Condition gone;
    private Runnable whenGone = () -> {};
    private Phase phase = Phase.STAYING;
    private TimeSource.@Nullable Alarm alarm;
    /** Those that were left when the time was up. */
    private List<Assignment> late = List.of();

    /**
     * @param what named in failures
     * @param leaving those that still have to end
     * @param threads those that run them
     * @param last the order that those get whose time is up
     */
    Departure(
            String what,
            ReentrantLock lock,
            TimeSource time,
            Supplier<Collection<Assignment>> leaving,
            Supplier<List<Thread>> threads,
            Assignment.Order last) {
        this.what = what;
        this.lock = lock;
        this.time = time;
        this.leaving = leaving;
        this.threads = threads;
        this.last = last;
        this.gone = lock.newCondition();
    }

    /** Done once at the end, under the lock. */
    void whenGone(Runnable action) {
        whenGone = action;
    }

    /** Begins, without a time to keep to; does nothing the second time. */
    void begin() {
        if (phase == Phase.STAYING) {
            phase = Phase.LEAVING;
            List.copyOf(leaving.get()).forEach(assignment -> assignment.order(Assignment.Order.LEAVE));
            assignmentEnded();
        }
    }

    /** Begins, to end within a time; does nothing the second time. */
    void beginWithin(Duration timeout) {
        if (phase != Phase.STAYING) {
            return;
        }
        begin();
        if (phase == Phase.LEAVING && timeout.isZero()) {
            endNow(last);
        } else if (phase == Phase.LEAVING) {
            alarm = time.schedule(timeout, this::timeIsUp);
        }
    }

    /** One of those that have to end has ended. */
    void assignmentEnded() {
        if (phase == Phase.LEAVING && leaving.get().isEmpty()) {
            end();
        }
    }

    /** Gives an order to those that are left, interrupts them, and ends without waiting for them. */
    void endNow(Assignment.Order order) {
        late = List.copyOf(leaving.get());
        late.forEach(assignment -> assignment.order(order));
        late.forEach(Assignment::interrupt);
        end();
    }

    /** Ends, whatever is left. */
    void end() {
        if (phase == Phase.GONE) {
            return;
        }
        phase = Phase.GONE;
        if (alarm != null) {
            alarm.cancel();
        }
        gone.signalAll();
        whenGone.run();
    }

    /**
     * Waits for the end and then for the threads. Called without the lock, and not by a thread that is waited for.
     *
     * @throws OperationInterruptedException when interrupted before the end, which the interrupt brings about
     */
    void awaitEnd() {
        boolean cutShort = !reachedEnd();
        // The threads are as good as gone: waiting for them is no wait that an interrupt should have to end.
        boolean interrupted = Thread.interrupted();
        joinThreads();
        if (cutShort || interrupted) {
            Thread.currentThread().interrupt();
        }
        if (cutShort) {
            throw new OperationInterruptedException("Interrupted while closing " + what
                    + ": it is closed all the same, and the handlers that still ran were interrupted");
        }
    }

    private boolean reachedEnd() {
        lock.lock();
        try {
            while (phase != Phase.GONE) {
                gone.await();
            }
            return true;
        } catch (InterruptedException e) {
            timeIsUp();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the lock, if the caller has not. */
    private void timeIsUp() {
        lock.lock();
        try {
            if (phase != Phase.GONE) {
                endNow(last);
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many handlers were running when the time was up and led to no commit. Called without the lock, after the end. */
    int cutOff() {
        return (int) late.stream()
                .filter(assignment -> assignment.wasCutOff() || assignment.isRunning())
                .count();
    }

    private void joinThreads() {
        List<Thread> toJoin;
        long deadline;
        lock.lock();
        try {
            toJoin = threads.get();
            boolean kept = leaving.get().stream().anyMatch(Assignment::isRunning);
            deadline = System.nanoTime() + (kept ? GRACE : LEAVING).toNanos();
        } finally {
            lock.unlock();
        }
        try {
            for (Thread thread : toJoin) {
                thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            // Someone insists: leave the threads to end by themselves.
            Thread.currentThread().interrupt();
        }
    }
}
