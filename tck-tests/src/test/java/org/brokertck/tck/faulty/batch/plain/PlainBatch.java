package org.brokertck.tck.faulty.batch.plain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.resilience.BatchConfig;
import org.brokertck.api.resilience.BatchHandler;
import org.brokertck.api.resilience.BatchMetrics;
import org.brokertck.api.resilience.BatchProcessor;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/** A plain batch processor: one list, one thread, one condition. Variants take its decisions in another way. */
@SuppressWarnings("LockNotBeforeTry") // plain, so that faults fit in between
public class PlainBatch implements BatchProcessor<Object> {
    protected final BatchConfig config;
    protected final BatchHandler<Object> handler;
    protected final TimeSource time;
    protected final ReentrantLock lock = new ReentrantLock();
    protected final Condition changed = lock.newCondition();
    /** All that is not flushed, oldest first; the batch in hand is its beginning. */
    protected final List<Item> items = new ArrayList<>();

    protected final Thread worker;
    protected int inHand;
    protected long retryAt;
    protected boolean closing;
    protected boolean cut;
    protected boolean done;
    protected long cutAt;
    protected long added;
    protected long flushed;
    protected long batches;
    protected long failures;
    private final String name;

    /** An item, and when it was added. */
    public record Item(Object value, long at) {}

    @SuppressWarnings("this-escape") // the thread is not started yet
    public PlainBatch(PlainTarget.Opening opening) {
        this.name = opening.name();
        this.config = opening.config();
        this.handler = opening.handler();
        this.time = opening.time();
        this.worker = new Thread(this::work, "plain-" + name);
        worker.setDaemon(true);
    }

    PlainBatch started() {
        worker.start();
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void add(Object item) {
        Objects.requireNonNull(item, "item");
        lock.lock();
        try {
            long deadline = time.nanoTime() + config.addTimeout().toNanos();
            boolean inTime = !config.addTimeout().isZero();
            while (!closing && isFull() && inTime) {
                inTime = time.awaitUntil(lock, changed, deadline);
            }
            requireOpen();
            if (isFull()) {
                throw full();
            }
            put(item);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    protected void put(Object item) {
        items.add(new Item(item, since()));
        added++;
        changed.signalAll();
    }

    /** When the item that is added was added. */
    protected long since() {
        return time.nanoTime();
    }

    protected void requireOpen() {
        if (closing) {
            throw new ClosedException("Processor " + name + " is closed");
        }
    }

    protected RuntimeException full() {
        return new QueueFullException("Processor " + name + " is full");
    }

    protected RuntimeException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new OperationInterruptedException("Interrupted in processor " + name, e);
    }

    protected boolean isFull() {
        return items.size() >= config.capacity();
    }

    protected void work() {
        for (List<Object> batch = next(); batch != null; batch = next()) {
            boolean success = flush(batch);
            Thread.interrupted();
            ended(batch, success);
        }
        lock.lock();
        done = true;
        changed.signalAll();
        lock.unlock();
    }

    protected boolean flush(List<Object> batch) {
        try {
            handler.flush(batch);
            return true;
        } catch (Throwable e) {
            return false;
        }
    }

    protected @Nullable List<Object> next() {
        lock.lock();
        try {
            while (!cut && !(closing && isOver())) {
                if (isDue(time.nanoTime())) {
                    return takeInHand();
                }
                await();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    protected boolean isOver() {
        return items.isEmpty();
    }

    @SuppressWarnings("WaitNotInLoop") // the loop is in next
    private void await() {
        try {
            if (items.isEmpty()) {
                changed.await();
            } else if (!time.awaitUntil(lock, changed, inHand > 0 ? retryAt : intervalEnds())) {
                // A variant may see no reason to flush even then, and must not spin over it.
                changed.awaitNanos(100_000);
            }
        } catch (InterruptedException e) {
            // Looks again.
        }
    }

    protected boolean isDue(long now) {
        if (inHand > 0) {
            return now - retryAt >= 0;
        }
        return !items.isEmpty() && (closing || isLarge() || now - intervalEnds() >= 0);
    }

    protected boolean isLarge() {
        return items.size() >= config.batchSize();
    }

    protected long intervalEnds() {
        return items.get(0).at() + config.flushInterval().toNanos();
    }

    protected List<Object> takeInHand() {
        if (inHand == 0) {
            inHand = Math.min(config.batchSize(), items.size());
        }
        return handedOut(items.subList(0, inHand).stream().map(Item::value).toList());
    }

    protected List<Object> handedOut(List<Object> batch) {
        return new ArrayList<>(batch);
    }

    protected void ended(List<Object> batch, boolean success) {
        lock.lock();
        try {
            if (cut) {
                return;
            }
            if (success) {
                succeeded();
            } else {
                failed();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    protected void succeeded() {
        items.subList(0, inHand).clear();
        flushed += inHand;
        inHand = 0;
        batches++;
    }

    protected void failed() {
        failures++;
        retryAt = time.nanoTime() + config.retryDelay().toNanos();
    }

    @Override
    public List<Object> unflushed() {
        lock.lock();
        try {
            return new ArrayList<>(items.stream().map(Item::value).toList());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public BatchMetrics metrics() {
        lock.lock();
        try {
            return new BatchMetrics(added, flushed, batches, failures);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (!closing) {
                closing = true;
                retryAt = time.nanoTime();
                cutAt = time.nanoTime() + config.drainTimeout().toNanos();
                changed.signalAll();
            }
            if (Thread.currentThread() == worker) {
                return;
            }
            awaitDone();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            if (Thread.currentThread() != worker) {
                cutOff();
            }
            lock.unlock();
        }
    }

    protected void awaitDone() throws InterruptedException {
        boolean inTime = true;
        while (!done && !cut && inTime) {
            inTime = time.awaitUntil(lock, changed, cutAt);
        }
    }

    protected void cutOff() {
        if (!done) {
            cut = true;
            changed.signalAll();
            stopWorker();
        }
    }

    protected void stopWorker() {
        worker.interrupt();
    }

    /** Half of the interval, for variants. */
    protected Duration half() {
        return config.flushInterval().dividedBy(2);
    }
}
