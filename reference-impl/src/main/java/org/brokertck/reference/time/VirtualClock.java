package org.brokertck.reference.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.brokertck.api.target.ManualClock;
import org.jspecify.annotations.Nullable;

/**
 * Time that stands still until {@link #advance} moves it. Give it to a queue, and hours of retries pass in milliseconds:
 *
 * <pre>{@code
 * VirtualClock clock = new VirtualClock();
 * MessageQueue queue = InMemoryQueue.open("orders", config, clock);
 * clock.advance(Duration.ofHours(3));
 * }</pre>
 *
 * <p>Scheduled tasks run on the thread that advances. A task scheduled with no delay is due at once, and runs with the next
 * advance, one by zero included.
 */
public final class VirtualClock implements ManualClock, TimeSource {
    private static final Instant DEFAULT_START = Instant.parse("2026-01-01T00:00:00Z");

    private final Instant start;
    /** Held by one advance at a time; a task may advance the clock from within. */
    private final ReentrantLock advancing = new ReentrantLock();
    /** Guards the fields below. Never held while a task runs, so that a task may take any lock. */
    private final Object guard = new Object();

    private final TreeSet<Task> tasks =
            new TreeSet<>(Comparator.comparingLong(Task::dueNanos).thenComparingLong(Task::number));
    private long elapsedNanos;
    private long scheduled;

    /** A clock that starts at midnight UTC of 1 January 2026, so that every run sees the same times. */
    public VirtualClock() {
        this(DEFAULT_START);
    }

    /** @param start the time until the first advance */
    public VirtualClock(Instant start) {
        this.start = Objects.requireNonNull(start, "start");
    }

    @Override
    public Instant now() {
        return start.plusNanos(nanoTime());
    }

    /** Nanoseconds since the start. */
    @Override
    public long nanoTime() {
        synchronized (guard) {
            return elapsedNanos;
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>What tasks schedule on the way counts too, when it falls due on the way. Advances by several threads happen one
     * after another. A task that throws stops the clock at its due time and throws out of here; the rest stays scheduled.
     *
     * @throws IllegalArgumentException also when the clock would run for more than 292 years
     */
    @Override
    public void advance(Duration duration) {
        if (Objects.requireNonNull(duration, "duration").isNegative()) {
            throw new IllegalArgumentException("duration is " + duration + ": time does not go back");
        }
        advancing.lock();
        try {
            long target = later(duration);
            for (Task due = nextUntil(target); due != null; due = nextUntil(target)) {
                due.action().run();
            }
        } finally {
            advancing.unlock();
        }
    }

    @Override
    public Alarm schedule(Duration delay, Runnable task) {
        Objects.requireNonNull(task, "task");
        synchronized (guard) {
            return add(later(delay), task);
        }
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // the caller loops, as the contract of this method says
    public boolean awaitUntil(Lock lock, Condition condition, long deadlineNanos) throws InterruptedException {
        Alarm wakeUp;
        synchronized (guard) {
            if (deadlineNanos <= elapsedNanos) {
                return false;
            }
            wakeUp = add(deadlineNanos, () -> signal(lock, condition));
        }
        try {
            condition.await();
        } finally {
            wakeUp.cancel();
        }
        return nanoTime() < deadlineNanos;
    }

    private static void signal(Lock lock, Condition condition) {
        lock.lock();
        try {
            condition.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Alarm add(long dueNanos, Runnable action) {
        Task task = new Task(dueNanos, scheduled++, action);
        tasks.add(task);
        return () -> {
            synchronized (guard) {
                tasks.remove(task);
            }
        };
    }

    /** Moves to the next task that is due by the target, or to the target itself when there is none. */
    private @Nullable Task nextUntil(long targetNanos) {
        synchronized (guard) {
            Task next = tasks.isEmpty() ? null : tasks.first();
            boolean due = next != null && next.dueNanos() <= targetNanos;
            // The larger of both: a task may have advanced the clock beyond the target of the advance that runs it.
            elapsedNanos = Math.max(elapsedNanos, due && next != null ? next.dueNanos() : targetNanos);
            return due ? tasks.pollFirst() : null;
        }
    }

    private long later(Duration delay) {
        try {
            return Math.addExact(nanoTime(), delay.toNanos());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "duration " + delay + " from " + now() + " is out of reach: a clock runs for 292 years at most", e);
        }
    }

    private record Task(long dueNanos, long number, Runnable action) {}
}
