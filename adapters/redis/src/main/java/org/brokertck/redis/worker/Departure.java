package org.brokertck.redis.worker;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.brokertck.api.OperationInterruptedException;
import org.jspecify.annotations.Nullable;

/**
 * The graceful end of a thread that runs a user's handler: it has come once no handler runs any more or, interrupting the one that does,
 * when the drain timeout has run out. An alarm sees to that, whether anyone waits or not.
 */
public final class Departure {
    /** How long a thread may take to tell its last and to sign off at the server once no handler keeps it; then the same to die. */
    private static final Duration LEAVING = Duration.ofSeconds(2);
    /** How long an interrupted handler may take to notice, before it is left behind. */
    private static final Duration GRACE = Duration.ofMillis(200);

    private final String what;
    private final Duration timeout;
    private final ScheduledExecutorService timer;
    private final Runnable whenGone;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile @Nullable Thread thread;
    private @Nullable Future<?> alarm;
    private boolean handling;
    private boolean begun;
    private boolean gone;

    /**
     * @param what named in failures
     * @param timeout how long a running handler is waited for; 0 or more
     * @param timer for the alarm; must never be held up
     * @param whenGone is run once it has come; must not wait
     */
    public Departure(String what, Duration timeout, ScheduledExecutorService timer, Runnable whenGone) {
        this.what = what;
        this.timeout = timeout;
        this.timer = timer;
        this.whenGone = whenGone;
    }

    /** Starts the thread whose end it is. @return false when the end had begun before, and nothing was started */
    public boolean start(Thread worker) {
        lock.lock();
        try {
            if (begun) {
                return false;
            }
            thread = worker;
            worker.start();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a handler may start; it then has. A flag that the last one left behind is no business of the next. */
    public boolean handlerStarts() {
        lock.lock();
        try {
            handling = !begun;
            boolean unused = handling && Thread.interrupted();
            return handling;
        } finally {
            lock.unlock();
        }
    }

    /** Also takes away the thread's interrupt flag, which would break its connection. */
    public void handlerEnded() {
        lock.lock();
        try {
            handling = false;
            boolean unused = Thread.interrupted();
            if (begun) {
                end();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Begins. @return false when it had begun before */
    public boolean begin() {
        lock.lock();
        try {
            if (begun) {
                return false;
            }
            begun = true;
            changed.signalAll();
            if (!handling) {
                end();
            } else if (timeout.isZero()) {
                cutOff();
            } else {
                alarm = timer.schedule(this::cutOff, timeout.toNanos(), TimeUnit.NANOSECONDS);
            }
            return true;
        } catch (RejectedExecutionException timerIsOver) {
            cutOff();
            return true;
        } finally {
            lock.unlock();
        }
    }

    public boolean hasBegun() {
        lock.lock();
        try {
            return begun;
        } finally {
            lock.unlock();
        }
    }

    /** Waits on the thread itself, between handlers, but no longer than until its end begins. */
    public void pause(Duration duration) {
        long left = duration.toNanos();
        lock.lock();
        try {
            while (!begun && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            // Nobody means a thread that runs no handler: the pause is over.
        } finally {
            lock.unlock();
        }
    }

    public boolean isHandling() {
        lock.lock();
        try {
            return handling;
        } finally {
            lock.unlock();
        }
    }

    public boolean isCurrentThread() {
        return thread == Thread.currentThread();
    }

    /**
     * Waits for the end and then for the thread, unless called by it.
     *
     * @param whenStuck breaks off whatever the thread still does when it takes too long for that
     * @throws OperationInterruptedException when interrupted before the end, which the interrupt brings about
     */
    public void await(Runnable whenStuck) {
        Thread worker = thread;
        if (worker == null || worker == Thread.currentThread()) {
            return;
        }
        boolean cutShort = !reachedEnd();
        // The thread is as good as gone: waiting for it is no wait that an interrupt should have to end.
        boolean interrupted = Thread.interrupted();
        try {
            worker.join(GRACE.toMillis());
            if (worker.isAlive() && !isHandling()) {
                worker.join(LEAVING.toMillis());
                if (worker.isAlive()) {
                    whenStuck.run();
                    worker.join(LEAVING.toMillis());
                }
            }
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

    /** Interrupts the handler that still runs, and ends. The lock sees to it that the interrupt meets nothing but a handler. */
    public void cutOff() {
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
            alarm.cancel(false);
        }
        changed.signalAll();
        whenGone.run();
    }
}
