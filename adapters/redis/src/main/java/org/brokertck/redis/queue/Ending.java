package org.brokertck.redis.queue;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.RedisFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for consumers to end, and cuts off what does not end in time. */
final class Ending {
    /** For what the server must still hear in the end. */
    static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** For what should take no time: an idle consumer to notice, an interrupted handler to return. */
    static final Duration GRACE = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final QueueParts parts;
    private final ConsumerList list;

    /** Whether the server left a call unanswered: it is asked no more then, or the end would wait for each call anew. */
    private volatile boolean silent;

    Ending(QueueParts parts, ConsumerList list) {
        this.parts = parts;
        this.list = list;
    }

    /** Whether the server does not answer any more. */
    boolean isSilent() {
        return silent;
    }

    /** Wakes all, so that they notice that they are ending. */
    void begin() throws InterruptedException {
        silent = !list.wakeAll();
    }

    /** Waits for a consumer that is ending; an interrupt counts as the end of the drain timeout. */
    void await(RedisConsumer consumer) {
        try {
            await(consumer, () -> false);
        } catch (InterruptedException e) {
            cutOff(consumer);
            throw parts.failures()
                    .interrupted("close a consumer of queue '" + parts.queue() + "'", "it is closed all the same");
        }
    }

    /**
     * Waits for a consumer that is ending.
     *
     * @param hurry whether to go on as though the drain timeout had run out
     */
    void await(RedisConsumer consumer, BooleanSupplier hurry) throws InterruptedException {
        Deadline grace = Deadline.in(GRACE);
        while (!consumer.awaitEnd(Duration.ZERO)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (isOverdue(consumer, grace, hurry)) {
                cutOff(consumer);
                return;
            }
            // Again each time: the consumer may have begun to wait only after it was woken.
            silent = silent || !list.wake(consumer);
            if (consumer.awaitEnd(LOOK_AGAIN)) {
                return;
            }
        }
    }

    private boolean isOverdue(RedisConsumer consumer, Deadline grace, BooleanSupplier hurry) {
        Deadline drain = consumer.drain();
        boolean drained = hurry.getAsBoolean() || (drain != null && drain.passed());
        if (consumer.isHandling()) {
            return drained;
        }
        return (silent || grace.passed()) && (drained || !consumer.isSettling());
    }

    private void cutOff(RedisConsumer consumer) {
        boolean interrupted = Thread.interrupted();
        consumer.cutOff();
        list.remove(consumer);
        try {
            if (!consumer.awaitEnd(GRACE)) {
                LOG.warn("The handler of {} goes on after its interrupt; its message is handed on", consumer.name());
            }
            if (!silent) {
                release(consumer);
            }
            silent = silent || !list.wakeAll();
        } catch (InterruptedException e) {
            // The sweep lets go what could not be let go here.
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void release(RedisConsumer consumer) throws InterruptedException {
        Deadline deadline = Deadline.in(TIMEOUT);
        try {
            parts.links().with(deadline, link -> {
                parts.server().retire(link, deadline.left(), consumer.name());
                return this;
            });
        } catch (RedisFailure e) {
            LOG.warn("What {} held could not be handed on yet ({}); it will be", consumer.name(), e.text());
            silent = true;
        }
    }
}
