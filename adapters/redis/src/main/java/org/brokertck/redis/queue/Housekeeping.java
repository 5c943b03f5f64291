package org.brokertck.redis.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.Link;
import org.brokertck.redis.connection.RedisFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes on beside producing and consuming: the heartbeat, the retries that are due, and consumers that died with
 * messages in their hands.
 */
final class Housekeeping {
    static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /**
     * For how long a consumer must be seen without a lease before it counts as dead: after the server was away all leases
     * have run out, and those who live need a moment to renew theirs.
     */
    private static final Duration DOUBT = Duration.ofMillis(1500);

    private final QueueParts parts;
    private final ScheduledThreadPoolExecutor timer;
    private final Map<String, Deadline> suspects = new HashMap<>();

    Housekeeping(QueueParts parts) {
        this.parts = parts;
        AtomicInteger numbers = new AtomicInteger();
        // The second thread cuts off large writes in time while the first waits for a silent server.
        this.timer = new ScheduledThreadPoolExecutor(2, task -> {
            Thread thread = new Thread(task, parts.threadName("timer-" + numbers.incrementAndGet()));
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    ScheduledThreadPoolExecutor timer() {
        return timer;
    }

    void start(ConsumerList consumers, Retries retries) {
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(
                () -> sweep(consumers, retries), 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends what runs and waits for the threads. */
    void stop() {
        timer.shutdownNow();
        try {
            if (!timer.awaitTermination(TIMEOUT.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("The timer of queue {} did not end in time", parts.queue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep(ConsumerList consumers, Retries retries) {
        try {
            look(consumers);
            retries.moveDue();
        } catch (RedisFailure e) {
            // Nobody is dead for certain while the server is away.
            suspects.clear();
            LOG.debug("The sweep of queue {} failed ({})", parts.queue(), e.text());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The sweep of queue {} failed; it goes on with the next", parts.queue(), e);
        }
    }

    private void look(ConsumerList consumers) throws InterruptedException {
        Deadline deadline = Deadline.in(TIMEOUT);
        List<String> names = parts.links().with(deadline, link -> swept(link, deadline));
        suspects.keySet().retainAll(names);
        boolean released = false;
        for (String name : names) {
            if (parts.instance().equals(ConsumerName.instanceOf(name))) {
                if (!consumers.hasNamed(name)) {
                    parts.links().with(deadline, link -> {
                        parts.server().retire(link, deadline.left(), name);
                        return this;
                    });
                    released = true;
                }
            } else if (suspects.computeIfAbsent(name, key -> Deadline.in(DOUBT)).passed()) {
                LOG.warn("Consumer {} of queue {} is dead; what it held is handed on", name, parts.queue());
                parts.links().with(deadline, link -> {
                    parts.server().retireAbandoned(link, deadline.left(), name);
                    return this;
                });
                released = true;
            }
        }
        if (released) {
            consumers.wakeAll();
        }
    }

    private List<String> swept(Link link, Deadline deadline) {
        try {
            return parts.server().sweep(link, deadline.left());
        } catch (RedisFailure e) {
            if (!e.isRefusal("NOGROUP") && !e.isRefusal("ERR no such key")) {
                throw e;
            }
            // The server came back empty, or somebody removed the group.
            parts.server().open(link, deadline.left());
            return List.of();
        }
    }
}
