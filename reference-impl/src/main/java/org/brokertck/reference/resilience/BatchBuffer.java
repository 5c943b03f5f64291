package org.brokertck.reference.resilience;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.resilience.BatchConfig;
import org.brokertck.api.resilience.BatchMetrics;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * What was added and is not flushed: the batch in hand, which keeps its items until its flush has succeeded, and the items behind it,
 * each with the time at which it was added, from which its interval counts when it comes to be the first.
 */
final class BatchBuffer<T> {
    private final String name;
    private final BatchConfig config;
    private final TimeSource time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Condition finishing = lock.newCondition();
    private final ArrayDeque<Added<T>> waiting = new ArrayDeque<>();
    private List<T> inHand = List.of();
    private long retryAt;
    private boolean closing;
    private boolean cut;
    private boolean finished;
    private Runnable whenFinished = () -> {};
    private long added;
    private long flushed;
    private long batches;
    private long failures;

    private record Added<T>(T item, long at) {}

    BatchBuffer(String name, BatchConfig config, TimeSource time) {
        this.name = name;
        this.config = config;
        this.time = time;
    }

    void add(T item) {
        lock.lock();
        try {
            awaitRoom();
            waiting.addLast(new Added<>(item, time.nanoTime()));
            added++;
            // Only these two change what the worker waits for.
            if (waiting.size() == 1 || waiting.size() == config.batchSize()) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitRoom() {
        long deadline = time.nanoTime() + config.addTimeout().toNanos();
        try {
            boolean inTime = !config.addTimeout().isZero();
            while (!closing && isFull() && inTime) {
                inTime = time.awaitUntil(lock, room, deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    "Interrupted while waiting for room in batch processor '" + name + "': the item was not added", e);
        }
        if (closing) {
            throw new ClosedException("Batch processor '" + name + "' was closed: the item was not added");
        }
        if (isFull()) {
            throw new QueueFullException(
                    "Batch processor '%s' had no room within %s: %d items are not flushed yet; the item was not added"
                            .formatted(name, config.addTimeout(), config.capacity()));
        }
    }

    private boolean isFull() {
        return inHand.size() + waiting.size() >= config.capacity();
    }

    /** The next batch as soon as it is due, for the handler to keep; null when there is nothing more to do. */
    @Nullable
    List<T> next() {
        lock.lock();
        try {
            while (!cut && !(closing && isEmpty())) {
                long now = time.nanoTime();
                if (isDue(now)) {
                    takeInHand();
                    return new ArrayList<>(inHand);
                }
                await();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private boolean isEmpty() {
        return inHand.isEmpty() && waiting.isEmpty();
    }

    private boolean isDue(long now) {
        if (!inHand.isEmpty()) {
            return now - retryAt >= 0;
        }
        return !waiting.isEmpty() && (closing || waiting.size() >= config.batchSize() || now - firstUntil() >= 0);
    }

    private long firstUntil() {
        return waiting.getFirst().at() + config.flushInterval().toNanos();
    }

    @SuppressWarnings("WaitNotInLoop") // the loop is in next
    private void await() {
        try {
            if (isEmpty()) {
                changed.await();
            } else {
                time.awaitUntil(lock, changed, inHand.isEmpty() ? firstUntil() : retryAt);
            }
        } catch (InterruptedException e) {
            // Meant for a handler that has returned meanwhile; a cut-off is told by its flag.
        }
    }

    private void takeInHand() {
        if (inHand.isEmpty()) {
            List<T> batch = new ArrayList<>();
            while (batch.size() < config.batchSize() && !waiting.isEmpty()) {
                batch.add(waiting.removeFirst().item());
            }
            inHand = batch;
        }
    }

    /** The flush of the batch in hand has ended. After the cut-off nobody asks any more: what was in hand then was given up. */
    void ended(boolean succeeded) {
        lock.lock();
        try {
            if (cut) {
                return;
            }
            if (succeeded) {
                batches++;
                flushed += inHand.size();
                inHand = List.of();
                room.signalAll();
            } else {
                failures++;
                retryAt = time.nanoTime() + config.retryDelay().toNanos();
            }
        } finally {
            lock.unlock();
        }
    }

    List<T> unflushed() {
        lock.lock();
        try {
            List<T> all = new ArrayList<>(inHand);
            waiting.forEach(it -> all.add(it.item()));
            return all;
        } finally {
            lock.unlock();
        }
    }

    BatchMetrics metrics() {
        lock.lock();
        try {
            return new BatchMetrics(added, flushed, batches, failures);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes nothing in any more, and makes what is there due at once.
     *
     * @param whenFinished done when the worker has nothing more to do
     */
    void beginClosing(Runnable whenFinished) {
        lock.lock();
        try {
            this.whenFinished = whenFinished;
            closing = true;
            retryAt = time.nanoTime();
            changed.signalAll();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Gives up what is not flushed; false when all had ended before. */
    boolean cutOff() {
        lock.lock();
        try {
            if (finished) {
                return false;
            }
            cut = true;
            changed.signalAll();
            finishing.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The worker has nothing more to do. */
    void finish() {
        Runnable action;
        lock.lock();
        try {
            finished = true;
            action = whenFinished;
            finishing.signalAll();
        } finally {
            lock.unlock();
        }
        action.run();
    }

    /** Waits until the worker has nothing more to do, which is true, or was cut off. */
    boolean awaitFinish() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!finished && !cut) {
                finishing.await();
            }
            return finished;
        } finally {
            lock.unlock();
        }
    }
}
