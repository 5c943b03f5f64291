package org.brokertck.reference.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * The system's time, with one daemon thread for what is scheduled. The thread starts with the first scheduled task and ends
 * with {@link #close()} (rule G-10); until then it sleeps between due times.
 */
public final class SystemTimeSource implements TimeSource, AutoCloseable {
    private final ScheduledThreadPoolExecutor timer;
    private volatile @Nullable Thread thread;

    /** @param threadName the name of the one thread that this may start */
    public SystemTimeSource(String threadName) {
        Objects.requireNonNull(threadName, "threadName");
        timer = new ScheduledThreadPoolExecutor(1, task -> newThread(task, threadName));
        timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long millis() {
        return System.currentTimeMillis();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    /**
     * {@inheritDoc}
     *
     * @throws java.util.concurrent.RejectedExecutionException after {@link #shutdown()} or {@link #close()}
     */
    @Override
    public Alarm schedule(Duration delay, Runnable task) {
        Future<?> scheduled = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // the caller loops, as the contract of this method says
    public boolean awaitUntil(Lock lock, Condition condition, long deadlineNanos) throws InterruptedException {
        return condition.awaitNanos(deadlineNanos - System.nanoTime()) > 0;
    }

    /** Drops what is scheduled and lets the thread end, without waiting for it: for callers that hold a lock. */
    public void shutdown() {
        timer.shutdownNow();
    }

    /**
     * Drops what is scheduled and waits until the thread has ended, unless the caller is that thread. An interrupt does not
     * cut the wait short, since a task is short; the flag is set again.
     */
    @Override
    public void close() {
        shutdown();
        Thread toJoin = thread;
        if (toJoin == null || toJoin == Thread.currentThread()) {
            return;
        }
        boolean interrupted = false;
        while (toJoin.isAlive()) {
            try {
                toJoin.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread newThread(Runnable task, String name) {
        Thread created = new Thread(task, name);
        created.setDaemon(true);
        thread = created;
        return created;
    }
}
