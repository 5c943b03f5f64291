package org.brokertck.tck.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.QueueConfig;

/** Gathers what happens to one queue from all threads, and wakes those who wait for something to have happened. */
final class Recorder {
    /** Conditions may also depend on what is not recorded, so they are looked at again after this time at the latest. */
    private static final long LOOK_AGAIN_NANOS = 1_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Object, ProduceCall> produces = new HashMap<>();
    private final Map<Object, Attempt> attempts = new HashMap<>();
    private final Map<String, ConsumerSpan> consumers = new HashMap<>();
    private final List<MetricsSample> samples = new ArrayList<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private final Set<String> settled = new HashSet<>();
    private final Set<String> unsettled = new HashSet<>();
    private int running;
    private long lastChange = System.nanoTime();
    private long closing = Long.MAX_VALUE;
    private long closed = Long.MAX_VALUE;

    /** Records a produce call under a key of its own: first when it begins, then again when it has ended. */
    void record(Object key, ProduceCall call) {
        change(() -> {
            produces.put(key, call);
            if (call.outcome() == Outcome.OK && !settled.contains(call.id())) {
                unsettled.add(call.id());
            }
        });
    }

    /** Records an attempt under a key of its own: first when it begins, then again when it has ended. */
    void record(Object key, Attempt attempt) {
        change(() -> {
            attempts.put(key, attempt);
            running += attempt.result() == Attempt.Result.RUNNING ? 1 : -1;
            boolean exhausted = attempt.failed()
                    && failures.merge(attempt.id(), 1, Integer::sum)
                            > attempt.message().maxRetries();
            if (attempt.succeeded() || exhausted) {
                settled.add(attempt.id());
                unsettled.remove(attempt.id());
            } else if (attempt.failed() && !settled.contains(attempt.id())) {
                // Its retry is due, also where the outcome of its produce is unknown.
                unsettled.add(attempt.id());
            }
        });
    }

    void record(ConsumerSpan span) {
        change(() -> consumers.put(span.consumer(), span));
    }

    void record(MetricsSample sample) {
        change(() -> samples.add(sample));
    }

    void closing(long time) {
        change(() -> closing = Math.min(closing, time));
    }

    void closed(long time) {
        change(() -> closed = Math.min(closed, time));
    }

    /** Whether every message whose produce returned, or that was attempted, has been settled, and no handler runs. */
    boolean isSettled() {
        return locked(() -> unsettled.isEmpty() && running == 0);
    }

    /** For how long nothing has happened. */
    Duration still() {
        return Duration.ofNanos(System.nanoTime() - locked(() -> lastChange));
    }

    int attempts() {
        return locked(() -> attempts.size());
    }

    /** Waits for something to have happened; false when it did not in time. */
    boolean await(BooleanSupplier condition, Duration limit) {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                long slice = Math.min(left, LOOK_AGAIN_NANOS);
                left -= slice - changed.awaitNanos(slice);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    QueueHistory history(QueueConfig config, List<DeadLetter> deadLetters) {
        return locked(() -> new QueueHistory(
                config,
                List.copyOf(produces.values()),
                List.copyOf(attempts.values()),
                List.copyOf(consumers.values()),
                List.copyOf(samples),
                deadLetters,
                closing,
                closed,
                isSettled()));
    }

    private void change(Runnable change) {
        locked(() -> {
            change.run();
            lastChange = System.nanoTime();
            changed.signalAll();
            return true;
        });
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
