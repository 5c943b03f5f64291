package org.brokertck.reference.resilience;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.resilience.BatchConfig;
import org.brokertck.api.resilience.BatchHandler;
import org.brokertck.api.resilience.BatchMetrics;
import org.brokertck.api.resilience.BatchProcessor;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The reference batch processor: one thread takes batches from a {@link BatchBuffer} and hands them to the handler, each until it is
 * taken. That one thread is what keeps the order.
 *
 * @param <T> the items
 */
public final class OrderedBatchProcessor<T> implements BatchProcessor<T> {
    private final String name;
    private final BatchHandler<T> handler;
    private final BatchBuffer<T> buffer;
    private final TimeSource time;
    private final BatchConfig config;
    private final @Nullable SystemTimeSource ownTime;
    private final Thread worker;
    private final AtomicBoolean closing = new AtomicBoolean();

    private OrderedBatchProcessor(
            String name,
            BatchConfig config,
            BatchHandler<T> handler,
            TimeSource time,
            @Nullable SystemTimeSource ownTime) {
        this.name = Objects.requireNonNull(name, "name");
        this.config = Objects.requireNonNull(config, "config");
        this.handler = Objects.requireNonNull(handler, "handler");
        this.time = Objects.requireNonNull(time, "time");
        this.ownTime = ownTime;
        this.buffer = new BatchBuffer<>(name, config, time);
        this.worker = new Thread(this::work, name + "-batches");
        worker.setDaemon(true);
    }

    /** A processor on the system's time. */
    public static <T> BatchProcessor<T> open(String name, BatchConfig config, BatchHandler<T> handler) {
        SystemTimeSource time = new SystemTimeSource(name + "-batch-timer");
        return started(new OrderedBatchProcessor<>(name, config, handler, time, time));
    }

    /** A processor on that time. */
    public static <T> BatchProcessor<T> open(
            String name, BatchConfig config, BatchHandler<T> handler, TimeSource time) {
        return started(new OrderedBatchProcessor<>(name, config, handler, time, null));
    }

    private static <T> BatchProcessor<T> started(OrderedBatchProcessor<T> processor) {
        processor.worker.start();
        return processor;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void add(T item) {
        buffer.add(Objects.requireNonNull(item, "item"));
    }

    @Override
    public List<T> unflushed() {
        return buffer.unflushed();
    }

    @Override
    public BatchMetrics metrics() {
        return buffer.metrics();
    }

    private void work() {
        try {
            for (List<T> batch = buffer.next(); batch != null; batch = buffer.next()) {
                buffer.ended(isFlushed(batch));
                // Whoever interrupted the handler meant the handler; a cut-off is told by the buffer.
                Thread.interrupted();
            }
        } finally {
            buffer.finish();
            if (ownTime != null) {
                ownTime.shutdown();
            }
        }
    }

    private boolean isFlushed(List<T> batch) {
        try {
            handler.flush(batch);
            return true;
        } catch (Throwable failed) {
            return false;
        }
    }

    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            TimeSource.Alarm cutOff = time.schedule(config.drainTimeout(), this::cutOff);
            buffer.beginClosing(cutOff::cancel);
            if (config.drainTimeout().isZero()) {
                cutOff();
            }
        }
        if (Thread.currentThread() != worker) {
            awaitEnd();
        }
    }

    private void awaitEnd() {
        try {
            if (buffer.awaitFinish()) {
                worker.join();
            }
        } catch (InterruptedException e) {
            cutOff();
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    "Interrupted while batch processor '%s' flushed its last items: it is closed all the same, and keeps what was not flushed"
                            .formatted(name),
                    e);
        }
        if (ownTime != null) {
            ownTime.close();
        }
    }

    private void cutOff() {
        if (buffer.cutOff()) {
            worker.interrupt();
        }
        if (ownTime != null) {
            ownTime.shutdown();
        }
    }
}
