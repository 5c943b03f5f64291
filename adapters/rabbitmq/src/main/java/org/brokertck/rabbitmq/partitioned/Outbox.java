package org.brokertck.rabbitmq.partitioned;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where records wait to be sent, and are known until they were read back. Whatever has gathered while the sender was busy makes the
 * next batch (rule L-14); how much may be under way is bounded (rule L-19).
 */
final class Outbox {
    private static final long MOST_BYTES = 16L << 20;
    private static final int MOST_RECORDS = 10_000;

    private final int batchSize;
    private final long lingerNanos;
    private final ReentrantLock lock = new ReentrantLock();
    /** There is something to send. */
    private final Condition work = lock.newCondition();
    /** Some of what was under way is not any more. */
    private final Condition progress = lock.newCondition();

    private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
    private final Map<Long, Pending> unsettled = new ConcurrentHashMap<>();
    private long bytes;
    private int records;
    /** How many futures are not done. */
    private int open;

    private boolean flushing;
    private boolean stopped;

    Outbox(int batchSize, Duration linger) {
        this.batchSize = batchSize;
        this.lingerNanos = linger.toNanos();
    }

    /**
     * Waits for room and puts records into the line, one right after the other.
     *
     * @return false when there was no room in time, or the end is near: none is in the line
     */
    boolean add(List<Pending> all, long nanos) throws InterruptedException {
        long size = all.stream().mapToLong(it -> it.valueSize).sum();
        long left = nanos;
        lock.lockInterruptibly();
        try {
            while (!stopped && !flushing && !hasRoom(all.size(), size)) {
                if (left <= 0) {
                    return false;
                }
                left = progress.awaitNanos(left);
            }
            if (stopped || flushing) {
                return false;
            }
            all.forEach(it -> unsettled.put(it.number, it));
            waiting.addAll(all);
            bytes += size;
            records += all.size();
            open += all.size();
            work.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom(int more, long size) {
        return records == 0 || (records + more <= MOST_RECORDS && bytes + size <= MOST_BYTES);
    }

    /** The next batch, as soon as there is one. @return null at the end */
    @Nullable
    List<Pending> next() throws InterruptedException {
        lock.lock();
        try {
            while (!stopped) {
                Pending first = waiting.peekFirst();
                if (first == null) {
                    work.await();
                    continue;
                }
                long left =
                        flushing || waiting.size() >= batchSize ? 0 : lingerNanos - (System.nanoTime() - first.begun);
                if (left <= 0) {
                    return batch();
                }
                long unused = work.awaitNanos(left);
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private List<Pending> batch() {
        List<Pending> batch = new ArrayList<>();
        while (batch.size() < batchSize && !waiting.isEmpty()) {
            batch.add(waiting.removeFirst());
        }
        return batch;
    }

    /**
     * A record was read back, or nobody waits for it any more: its room is free. Whoever settles it completes its future and says so.
     *
     * @return null when that was known
     */
    @Nullable
    Pending settle(long number) {
        Pending pending = unsettled.remove(number);
        if (pending != null) {
            lock.lock();
            try {
                records--;
                bytes -= pending.valueSize;
                progress.signalAll();
            } finally {
                lock.unlock();
            }
        }
        return pending;
    }

    /** The future of a settled record is done. */
    void completed() {
        lock.lock();
        try {
            open--;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes a record back, and settles it. @return false when it may have been sent, or was settled */
    boolean withdraw(Pending pending) {
        lock.lock();
        try {
            boolean unused = waiting.remove(pending);
        } finally {
            lock.unlock();
        }
        return pending.publication.withdraw() && settle(pending.number) != null;
    }

    /** What is not settled. */
    Collection<Pending> unsettled() {
        return unsettled.values();
    }

    /** The end is near: nobody lingers, and nothing is taken in any more. */
    void flush() {
        lock.lock();
        try {
            flushing = true;
            work.signalAll();
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all futures are done. @return false when the time is over */
    boolean awaitEmpty(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (open > 0 && left > 0) {
                left = progress.awaitNanos(left);
            }
            return open == 0;
        } finally {
            lock.unlock();
        }
    }

    /** The end: nothing is sent any more. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            work.signalAll();
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
