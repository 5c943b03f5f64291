package org.brokertck.redis.queue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.Link;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the time to write a large message. A socket's timeout covers reading only; what does not fit into the buffers of a
 * server that stopped taking would be written for ever.
 */
final class WriteGuard {
    /** What is smaller than this always fits into the buffers of a connection that has just answered. */
    private static final int LARGE = 16 * 1024;

    private final ScheduledExecutorService timer;

    WriteGuard(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** Runs the task, and breaks the link under it when it is large and not done by the deadline. */
    <T> T during(Link link, Deadline deadline, List<byte[]> fields, Supplier<T> task) {
        int size = 0;
        for (byte[] field : fields) {
            size += field.length;
        }
        if (size < LARGE) {
            return task.get();
        }
        Future<?> cut = scheduled(link, deadline.left());
        try {
            return task.get();
        } finally {
            if (cut != null) {
                cut.cancel(false);
            }
        }
    }

    private @Nullable Future<?> scheduled(Link link, Duration left) {
        try {
            return timer.schedule(link::cut, left.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The queue is closing, and that breaks the links in the end.
            return null;
        }
    }
}
