package org.brokertck.redis.queue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.Link;
import org.brokertck.redis.connection.RedisFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a queue, on a thread of its own, since a handler may ask for it that the end must wait for. */
final class QueueClosing {
    private static final Logger LOG = LoggerFactory.getLogger(QueueClosing.class);

    private final QueueParts parts;
    private final ConsumerList consumers;
    private final Housekeeping housekeeping;
    private final Consumer<Link> lastLook;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean hurry;

    /** @param lastLook is run when all is settled, while the server can still be asked */
    QueueClosing(QueueParts parts, ConsumerList consumers, Housekeeping housekeeping, Consumer<Link> lastLook) {
        this.parts = parts;
        this.consumers = consumers;
        this.housekeeping = housekeeping;
        this.lastLook = lastLook;
        this.thread = new Thread(this::run, parts.threadName("closer"));
        thread.setDaemon(true);
    }

    void close() {
        if (begun.compareAndSet(false, true)) {
            parts.lifecycle().beginClosing();
            parts.line().close();
            thread.start();
        }
        if (!consumers.isHandlerThread()) {
            await();
        }
    }

    private void await() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            hurry = true;
            awaitInHurry();
            throw parts.failures().interrupted("close queue '" + parts.queue() + "'", "it is closed all the same");
        }
    }

    /** Short, since nothing is waited for any more; so a further interrupt does not end it. */
    private void awaitInHurry() {
        while (true) {
            try {
                thread.join();
                return;
            } catch (InterruptedException e) {
                LOG.debug("Interrupted again while closing queue {}", parts.queue());
            }
        }
    }

    private void run() {
        Deadline drain = Deadline.in(parts.config().drainTimeout());
        Ending ending = new Ending(parts, consumers);
        try {
            List<RedisConsumer> all = consumers.all();
            all.forEach(consumer -> consumer.beginEnding(drain));
            ending.begin();
            for (RedisConsumer consumer : all) {
                ending.await(consumer, () -> hurry);
            }
            housekeeping.stop();
            if (!ending.isSilent()) {
                leave();
            }
        } catch (InterruptedException e) {
            LOG.warn("The thread that closes queue {} was interrupted", parts.queue());
        } finally {
            housekeeping.stop();
            parts.links().close(ending.isSilent() ? Duration.ZERO : Ending.GRACE);
        }
    }

    private void leave() throws InterruptedException {
        Deadline deadline = Deadline.in(Ending.TIMEOUT);
        try {
            parts.links().with(deadline, link -> {
                lastLook.accept(link);
                parts.server().leave(link, deadline.left());
                return this;
            });
        } catch (RedisFailure e) {
            LOG.debug("Queue {} could not sign off ({}); its lease runs out", parts.queue(), e.text());
        }
    }
}
