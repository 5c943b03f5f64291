package org.brokertck.reference.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * All the time that an instance knows: reading it, being called later, and waiting for no longer than it. Whoever uses
 * nothing else runs on a {@link VirtualClock} as on the system's time. All methods may be called from many threads at once.
 */
public interface TimeSource {
    /** The time of day now. */
    Instant now();

    /** The time of day now in milliseconds since 1970, for those who ask so often that an {@link Instant} would cost too much. */
    default long millis() {
        return now().toEpochMilli();
    }

    /** Nanoseconds since some fixed moment; only differences mean something, as with {@link System#nanoTime()}. */
    long nanoTime();

    /**
     * Runs a task once, later. Tasks run one after another in the order of their due times, and in the order in which they
     * were scheduled where those are equal; so a task must not block, but may schedule others.
     *
     * @param delay from now; 0 or less is due at once
     * @param task run on a thread of the time source, which holds no lock then
     * @return the handle that calls it off
     */
    Alarm schedule(Duration delay, Runnable task);

    /**
     * Waits until the condition is signalled or the deadline is reached; like any wait on a condition it may also end for
     * no reason, so that the caller checks in a loop what it waits for.
     *
     * @param lock held by the caller, given up while waiting, and held again on return
     * @param condition a condition of that lock
     * @param deadlineNanos by {@link #nanoTime()}
     * @return false when the deadline is reached
     * @throws InterruptedException when the thread is interrupted before or while it waits
     */
    boolean awaitUntil(Lock lock, Condition condition, long deadlineNanos) throws InterruptedException;

    /** A scheduled task that can be called off. */
    @FunctionalInterface
    interface Alarm {
        /** Calls the task off. One that is running, or just about to, still runs. */
        void cancel();
    }
}
