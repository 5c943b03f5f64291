package org.brokertck.reference.queue;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The graceful end of one consumer, or of a queue with all of its consumers. Once begun it ends when no handler runs any
 * more or, interrupting those that still do, when the drain timeout has run out: an alarm sees to that, whether anyone waits
 * or not. Methods without a word about the lock are called under the queue's lock.
 */
class Drain {
    /** How long threads may take to die once nothing keeps them. */
    private static final Duration LEAVING = Duration.ofSeconds(10);
    /** How long an interrupted handler may take to notice, before it is left behind; real time, whatever the clock. */
    private static final Duration GRACE = Duration.ofMillis(200);

    private enum Phase {
        OPEN,
        DRAINING,
        ENDED
    }

    private final String what;
    private final ReentrantLock lock;
    private final TimeSource time;
    private final Duration timeout;
    private final Collection<ConsumerLoop> consumers;
    private final Runnable whenEnded;
    private final Condition ended;
    private Phase phase = Phase.OPEN;
    private TimeSource.@Nullable Alarm alarm;

    /**
     * @param what named in failures
     * @param consumers those that end; a view that may still grow until this begins
     * @param whenEnded run once, under the lock
     */
    Drain(
            String what,
            ReentrantLock lock,
            TimeSource time,
            Duration timeout,
            Collection<ConsumerLoop> consumers,
            Runnable whenEnded) {
        this.what = what;
        this.lock = lock;
        this.time = time;
        this.timeout = timeout;
        this.consumers = consumers;
        this.whenEnded = whenEnded;
        this.ended = lock.newCondition();
    }

    boolean hasBegun() {
        return phase != Phase.OPEN;
    }

    boolean hasEnded() {
        return phase == Phase.ENDED;
    }

    /** Begins; does nothing the second time. */
    void begin() {
        if (hasBegun()) {
            return;
        }
        phase = Phase.DRAINING;
        if (idle()) {
            end();
        } else if (timeout.isZero()) {
            cutOff();
        } else {
            alarm = time.schedule(timeout, this::cutOff);
        }
    }

    /** A handler of one of the consumers has ended. */
    void handlerEnded() {
        if (phase == Phase.DRAINING && idle()) {
            end();
        }
    }

    /** Ends now, whatever still runs. */
    void end() {
        if (hasEnded()) {
            return;
        }
        phase = Phase.ENDED;
        if (alarm != null) {
            alarm.cancel();
        }
        ended.signalAll();
        whenEnded.run();
    }

    /**
     * Waits for the end and then for the threads. Called without the lock, and not by one of the consumers' own threads.
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
            while (!hasEnded()) {
                ended.await();
            }
            return true;
        } catch (InterruptedException e) {
            cutOff();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Interrupts the handlers that still run, and ends. Takes the lock, if the caller has not. */
    private void cutOff() {
        lock.lock();
        try {
            if (!hasEnded()) {
                consumers.forEach(ConsumerLoop::interruptHandler);
                end();
            }
        } finally {
            lock.unlock();
        }
    }

    private void joinThreads() {
        List<Thread> threads;
        long deadline;
        lock.lock();
        try {
            threads = consumers.stream().map(ConsumerLoop::thread).toList();
            deadline = System.nanoTime() + (idle() ? LEAVING : GRACE).toNanos();
        } finally {
            lock.unlock();
        }
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            // Someone insists: leave the threads to end by themselves.
            Thread.currentThread().interrupt();
        }
    }

    private boolean idle() {
        return consumers.stream().noneMatch(ConsumerLoop::handling);
    }
}
