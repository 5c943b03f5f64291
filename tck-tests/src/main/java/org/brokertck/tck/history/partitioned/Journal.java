package org.brokertck.tck.history.partitioned;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.brokertck.api.partitioned.DeadRecord;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.tck.history.Outcome;

/** Gathers what happens to one broker from all threads, and wakes those who wait for something to have happened. */
final class Journal {
    /** Conditions may also depend on what is not recorded, so they are looked at again after this time at the latest. */
    private static final long LOOK_AGAIN_NANOS = 1_000_000;

    private final PartitionedConfig config;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Integer> topics = new HashMap<>();
    private final Map<Object, RecordProduce> produces = new HashMap<>();
    private final Map<Object, RecordAttempt> attempts = new HashMap<>();
    private final Map<String, MemberSpan> members = new HashMap<>();
    private final List<CommitReading> commits = new ArrayList<>();
    private final List<BrokerSample> samples = new ArrayList<>();
    private final Settlement settlement;
    private int running;
    private int pending;
    private long lastChange = System.nanoTime();

    Journal(PartitionedConfig config) {
        this.config = config;
        this.settlement = new Settlement(config.deliveryLimit());
    }

    void topic(String topic, int partitions) {
        change(() -> topics.put(topic, partitions));
    }

    /** Notes a record under a key of its own: first when its call begins, then again when its outcome is known. */
    void note(Object key, RecordProduce produce) {
        change(() -> {
            RecordProduce before = produces.put(key, produce);
            pending += produce.outcome() == Outcome.PENDING ? 1 : before == null ? 0 : -1;
            if (produce.isAcknowledged()) {
                settlement.acknowledged(produce);
            }
        });
    }

    /** Notes an attempt under a key of its own: first when it begins, then again when it has ended. */
    void note(Object key, RecordAttempt attempt) {
        change(() -> {
            attempts.put(key, attempt);
            if (attempt.result() == RecordAttempt.Result.RUNNING) {
                running++;
            } else {
                running--;
                settlement.ended(attempt);
            }
        });
    }

    void note(MemberSpan member) {
        change(() -> {
            members.put(member.member(), member);
            settlement.changed(member);
        });
    }

    void note(CommitReading reading) {
        look(() -> commits.add(reading));
    }

    void note(BrokerSample sample) {
        look(() -> samples.add(sample));
    }

    int attempts() {
        return locked(() -> attempts.size());
    }

    int running() {
        return locked(() -> running);
    }

    int exhausted() {
        return locked(settlement::exhausted);
    }

    boolean isSettled() {
        return locked(this::settled);
    }

    Duration still() {
        return Duration.ofNanos(System.nanoTime() - locked(() -> lastChange));
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

    PartitionedHistory history(List<DeadRecord> deadRecords) {
        return locked(() -> new PartitionedHistory(
                config,
                topics,
                List.copyOf(produces.values()),
                List.copyOf(attempts.values()),
                List.copyOf(members.values()),
                List.copyOf(commits),
                List.copyOf(samples),
                deadRecords,
                settled()));
    }

    private boolean settled() {
        return running == 0 && pending == 0 && settlement.isComplete();
    }

    /** What is merely looked at is no sign of life. */
    private void look(Runnable reading) {
        locked(() -> {
            reading.run();
            return true;
        });
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
