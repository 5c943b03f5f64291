package org.brokertck.redis.queue;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.RedisFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the server move retries to the queue when they are due. One timer stands at the next due time that is known; the sweep
 * asks besides, for those that other instances left. The server's clock decides, the timer only says when to ask.
 */
final class Retries {
    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

    private final QueueParts parts;
    private final ScheduledExecutorService timer;
    private @Nullable ScheduledFuture<?> armed;
    private long armedAt;

    Retries(QueueParts parts, ScheduledExecutorService timer) {
        this.parts = parts;
        this.timer = timer;
    }

    /** A retry was scheduled to be due so many microseconds from now. */
    synchronized void expectIn(long micros) {
        long at = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(micros);
        ScheduledFuture<?> current = armed;
        if (current != null && armedAt - at <= 0) {
            return;
        }
        if (current != null) {
            current.cancel(false);
        }
        try {
            armed = timer.schedule(this::fire, micros, TimeUnit.MICROSECONDS);
            armedAt = at;
        } catch (RejectedExecutionException e) {
            // The queue is closing: whoever opens it next moves what is due.
            armed = null;
        }
    }

    /** Moves what is due, and sets the timer to the next. */
    void moveDue() {
        try {
            long next;
            do {
                Deadline deadline = Deadline.in(Housekeeping.TIMEOUT);
                next = parts.links().with(deadline, link -> parts.server().moveDue(link, deadline.left()));
            } while (next == 0 && !parts.lifecycle().isClosing());
            if (next > 0) {
                expectIn(next);
            }
        } catch (RedisFailure e) {
            LOG.debug("Retries of queue {} wait for Redis ({})", parts.queue(), e.text());
        } catch (InterruptedException e) {
            // The queue is closing.
            Thread.currentThread().interrupt();
        }
    }

    private void fire() {
        synchronized (this) {
            armed = null;
        }
        moveDue();
    }
}
