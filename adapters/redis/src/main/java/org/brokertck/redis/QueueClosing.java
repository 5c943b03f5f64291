package org.brokertck.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a queue, on a thread of its own, since a handler may ask for it that the end must wait for. */
final class QueueClosing {
    private static final Logger LOG = LoggerFactory.getLogger(QueueClosing.class);

    private final QueueParts parts;
    private final ConsumerList consumers;
    private final Housekeeping housekeeping;
    private final Runnable lastLook;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean hurry;

    /** @param lastLook is run when all is settled, while the server can still be asked */
    QueueClosing(QueueParts parts, ConsumerList consumers, Housekeeping housekeeping, Runnable lastLook) {
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
            throw parts.failures().interrupted("close queue '" + parts.queue() + "'");
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
        try {
            consumers.all().forEach(consumer -> consumer.beginEnding(drain));
            consumers.wakeAll();
            Ending ending = new Ending(parts, consumers);
            for (RedisConsumer consumer : consumers.all()) {
                ending.await(consumer, () -> hurry);
            }
            housekeeping.stop();
            leave();
        } catch (InterruptedException e) {
            LOG.warn("The thread that closes queue {} was interrupted", parts.queue());
        } finally {
            housekeeping.stop();
            parts.links().close(Ending.GRACE);
        }
    }

    private void leave() throws InterruptedException {
        lastLook.run();
        Deadline deadline = Deadline.in(Duration.ofMillis(500));
        try {
            parts.links().with(deadline, link -> {
                parts.server().leave(link, deadline.left());
                return this;
            });
        } catch (RedisFailure e) {
            LOG.debug("Queue {} could not sign off ({}); its lease runs out", parts.queue(), e.text());
        }
    }
}
