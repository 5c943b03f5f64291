package org.brokertck.adapter.partitioned;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.brokertck.api.message.Failure;
import org.brokertck.api.partitioned.DeadRecord;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.RecordHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles the records of one partition for one member, in order, one at a time: each until it succeeded or was set aside (rules L-9,
 * L-15). It uses a thread only while there is something to handle.
 */
public final class PartitionRunner {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionRunner.class);

    /** What becomes of the records; called on the thread of the handler, between two attempts, and without any lock. */
    public interface Outcomes {
        /** The handler succeeded. */
        void handled(PartitionRecord record);

        /** An attempt failed; so many have by now. After the last one the record is set aside as well. */
        void failed(PartitionRecord record, int attempts);

        /**
         * The last attempt failed: the record has to be kept among the dead letters before this returns.
         *
         * @return false when it was not kept, because the partition is this member's no more: nothing further is handled
         */
        boolean setAside(DeadRecord dead);

        /** The buffer has come down to this many records. */
        void taken(int left);
    }

    private final String group;
    private final PartitionedConfig config;
    private final RecordHandler handler;
    private final Outcomes outcomes;
    private final Executor threads;
    private final ScheduledExecutorService timer;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<PartitionRecord> buffer = new ArrayDeque<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private boolean stopping;
    private boolean cutOff;
    /** Whether a thread works here, or is about to. */
    private boolean working;

    private @Nullable Future<?> retry;
    /** The thread inside the handler. */
    private @Nullable Thread handling;
    /** How many attempts at the first record failed. */
    private int attempts;
    /** How long to wait before the next attempt. */
    private long delayNanos;

    /**
     * A runner with an empty buffer.
     *
     * @param threads runs handlers; as many at once as there are partitions with something to handle
     * @param timer waits between attempts
     */
    public PartitionRunner(
            String group,
            PartitionedConfig config,
            RecordHandler handler,
            Outcomes outcomes,
            Executor threads,
            ScheduledExecutorService timer) {
        this.group = group;
        this.config = config;
        this.handler = handler;
        this.outcomes = outcomes;
        this.threads = threads;
        this.timer = timer;
    }

    /** Takes over what another member's attempts at the first record came to; before the first record is offered. */
    public void resumeAfter(int failedAttempts) {
        lock.lock();
        try {
            attempts = failedAttempts;
        } finally {
            lock.unlock();
        }
    }

    /** Takes further records, which follow those taken before. Ignored once the runner is stopping. */
    public void offer(Collection<PartitionRecord> records) {
        lock.lock();
        try {
            if (!stopping) {
                buffer.addAll(records);
                work();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many records wait here or are being handled. */
    public int size() {
        lock.lock();
        try {
            return buffer.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * No further handler starts; one that runs may end, and its outcome counts.
     *
     * @return completes when none runs any more and all outcomes were told
     */
    public CompletableFuture<Void> stop() {
        lock.lock();
        try {
            beginStopping();
        } finally {
            lock.unlock();
        }
        completeIfDone();
        return ended.copy();
    }

    /**
     * Stops, interrupts the handler that runs, and lets its outcome count no more.
     *
     * @return whether one was running
     */
    public boolean cutOff() {
        boolean running;
        lock.lock();
        try {
            beginStopping();
            Thread inside = handling;
            running = inside != null;
            if (inside != null && !cutOff) {
                inside.interrupt();
            }
            cutOff = true;
        } finally {
            lock.unlock();
        }
        completeIfDone();
        return running;
    }

    /** Whether the calling thread is inside this runner's handler. */
    public boolean isHandlerThread() {
        lock.lock();
        try {
            return handling == Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a handler runs. */
    public boolean isHandling() {
        lock.lock();
        try {
            return handling != null;
        } finally {
            lock.unlock();
        }
    }

    private void beginStopping() {
        stopping = true;
        buffer.clear();
        if (retry != null && retry.cancel(false)) {
            retry = null;
            working = false;
        }
    }

    private void completeIfDone() {
        lock.lock();
        try {
            if (!stopping || working) {
                return;
            }
        } finally {
            lock.unlock();
        }
        ended.complete(null);
    }

    /** Under the lock: has a thread work, unless one does. */
    private void work() {
        if (working || buffer.isEmpty()) {
            return;
        }
        working = true;
        try {
            threads.execute(this::run);
        } catch (RejectedExecutionException e) {
            // The broker is at its end.
            working = false;
        }
    }

    private void run() {
        try {
            PartitionRecord record = begin();
            while (record != null && finish(record, attempted(record))) {
                record = begin();
            }
        } catch (RuntimeException e) {
            LOG.error("Records of group {} cannot be settled: this partition stops here", group, e);
            stopHere();
        } finally {
            leave();
        }
    }

    /** @return the record to handle now, or null when there is none */
    private @Nullable PartitionRecord begin() {
        lock.lock();
        try {
            PartitionRecord first = stopping ? null : buffer.peekFirst();
            handling = first == null ? null : Thread.currentThread();
            return first;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Throwable attempted(PartitionRecord record) {
        try {
            handler.handle(record);
            return null;
        } catch (Throwable e) {
            return e;
        }
    }

    /** @return whether to go on with the next record at once */
    private boolean finish(PartitionRecord record, @Nullable Throwable failure) {
        if (!afterHandler()) {
            return false;
        }
        if (failure == null) {
            outcomes.handled(record);
            return next();
        }
        int failed = failedOnceMore();
        outcomes.failed(record, failed);
        if (failed < config.deliveryLimit()) {
            return againAfter(RetryDelay.nanosAfter(config.backoff(), failed));
        }
        if (!outcomes.setAside(new DeadRecord(record, group, failed, Failure.of(failure)))) {
            stopHere();
            return false;
        }
        return next();
    }

    private void stopHere() {
        lock.lock();
        try {
            beginStopping();
        } finally {
            lock.unlock();
        }
    }

    private boolean afterHandler() {
        lock.lock();
        try {
            handling = null;
            // What the handler or a cut-off left behind must not disturb what follows.
            boolean unused = Thread.interrupted();
            return !cutOff;
        } finally {
            lock.unlock();
        }
    }

    private int failedOnceMore() {
        lock.lock();
        try {
            return ++attempts;
        } finally {
            lock.unlock();
        }
    }

    private boolean next() {
        int left;
        lock.lock();
        try {
            attempts = 0;
            PartitionRecord unused = buffer.pollFirst();
            left = buffer.size();
        } finally {
            lock.unlock();
        }
        outcomes.taken(left);
        return true;
    }

    /** @return whether there is no need to wait */
    private boolean againAfter(long nanos) {
        lock.lock();
        try {
            delayNanos = nanos;
            return nanos <= 0;
        } finally {
            lock.unlock();
        }
    }

    private void again() {
        lock.lock();
        try {
            retry = null;
            working = false;
            work();
        } finally {
            lock.unlock();
        }
        completeIfDone();
    }

    /** The last that a thread does here. */
    private void leave() {
        lock.lock();
        try {
            handling = null;
            long nanos = delayNanos;
            delayNanos = 0;
            if (nanos > 0 && !stopping) {
                retry = timer.schedule(this::again, nanos, TimeUnit.NANOSECONDS);
            } else {
                working = false;
                // What was offered since the last look.
                work();
            }
        } catch (RejectedExecutionException e) {
            // The broker is at its end.
            working = false;
        } finally {
            lock.unlock();
        }
        completeIfDone();
    }
}
