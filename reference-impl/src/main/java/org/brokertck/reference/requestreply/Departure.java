package org.brokertck.reference.requestreply;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The graceful end of one responder: it has come once no handler runs any more or, interrupting the one that does, when the drain
 * timeout has run out. An alarm sees to that, whether anyone waits or not.
 */
final class Departure {
    /** How long a thread may take to die once nothing keeps it. */
    private static final Duration LEAVING = Duration.ofSeconds(10);
    /** How long an interrupted handler may take to notice, before it is left behind; real time, whatever the clock. */
    private static final Duration GRACE = Duration.ofMillis(200);

    private final String what;
    private final TimeSource time;
    private final Duration timeout;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Runnable whenGone = () -> {};
    private @Nullable Thread thread;
    private TimeSource.@Nullable Alarm alarm;
    private boolean handling;
    private boolean begun;
    private boolean gone;

    /**
     * @param what named in failures
     * @param timeout how long a running handler is waited for
     */
    Departure(String what, TimeSource time, Duration timeout) {
        this.what = what;
        this.time = time;
        this.timeout = timeout;
    }

    /** What is run once it has come; set before the responder starts. */
    void whenGone(Runnable task) {
        whenGone = task;
    }

    void of(Thread responder) {
        thread = responder;
    }

    /** Whether a handler may start; a flag that the last one left behind is no business of the next request. */
    boolean handlerStarts() {
        lock.lock();
        try {
            handling = !begun;
            if (handling) {
                Thread.interrupted();
            }
            return handling;
        } finally {
            lock.unlock();
        }
    }

    void handlerEnded() {
        lock.lock();
        try {
            handling = false;
            if (begun) {
                end();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Begins; does nothing the second time. */
    void begin() {
        lock.lock();
        try {
            if (begun) {
                return;
            }
            begun = true;
            if (!handling) {
                end();
            } else if (timeout.isZero()) {
                cutOff();
            } else {
                alarm = time.schedule(timeout, this::cutOff);
            }
        } catch (RejectedExecutionException timeIsOver) {
            cutOff();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the end and then for the thread, unless called by it.
     *
     * @throws OperationInterruptedException when interrupted before the end, which the interrupt brings about
     */
    void await() {
        if (thread == null || thread == Thread.currentThread()) {
            return;
        }
        boolean cutShort = !reachedEnd();
        // The thread is as good as gone: waiting for it is no wait that an interrupt should have to end.
        boolean interrupted = Thread.interrupted();
        try {
            thread.join((isHandling() ? GRACE : LEAVING).toMillis());
        } catch (InterruptedException insists) {
            interrupted = true;
        }
        if (cutShort || interrupted) {
            Thread.currentThread().interrupt();
        }
        if (cutShort) {
            throw new OperationInterruptedException("Interrupted while closing " + what
                    + ": it is closed all the same, and the handler that still ran was interrupted");
        }
    }

    private boolean reachedEnd() {
        lock.lock();
        try {
            while (!gone) {
                changed.await();
            }
            return true;
        } catch (InterruptedException e) {
            cutOff();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean isHandling() {
        lock.lock();
        try {
            return handling;
        } finally {
            lock.unlock();
        }
    }

    /** Interrupts the handler that still runs, and ends. */
    void cutOff() {
        lock.lock();
        try {
            if (!gone && handling && thread != null) {
                thread.interrupt();
            }
            end();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        if (gone) {
            return;
        }
        gone = true;
        if (alarm != null) {
            alarm.cancel();
        }
        changed.signalAll();
        whenGone.run();
    }
}
