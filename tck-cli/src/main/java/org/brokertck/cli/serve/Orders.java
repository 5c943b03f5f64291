package org.brokertck.cli.serve;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.reference.monitoring.watch.BrokerWatch;
import org.brokertck.reference.queue.InMemoryQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue whose consumers are slow for a quarter of each minute, so that a backlog comes and goes, and fail at one message in ten,
 * a quarter of those for good.
 */
final class Orders implements Traffic {
    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);
    private static final QueueConfig CONFIG = QueueConfig.builder()
            .capacity(500)
            .produceTimeout(Duration.ZERO)
            .backoff(Backoff.exponential(Duration.ofMillis(200), 2, Duration.ofSeconds(2)))
            .drainTimeout(Duration.ofSeconds(2))
            .build();
    private static final Duration QUICK = Duration.ofMillis(5);
    private static final Duration SLOW = Duration.ofMillis(80);
    /** With two consumers, slow ones handle 25 a second. */
    private static final int A_SECOND = 60;

    private static final int MINUTE = 60;
    private static final int SLOW_SECONDS = 15;
    private static final int MOST_DEAD = 100;

    private final MessageQueue queue;
    private final Work work;
    private final long startNanos = System.nanoTime();
    private long number;

    Orders(BrokerWatch watch, Work work) {
        this.work = work;
        this.queue = watch.queue(InMemoryQueue.open("orders", CONFIG));
        queue.consume(this::handle);
        queue.consume(this::handle);
    }

    @Override
    public int perSecond() {
        return A_SECOND;
    }

    @Override
    public void next() {
        number++;
        String id = "order-" + number;
        try {
            queue.produce(Message.builder()
                    .id(id)
                    .payload(("{\"order\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8))
                    .maxRetries(2)
                    .build());
        } catch (QueueFullException e) {
            LOG.atWarn()
                    .addKeyValue("event.action", "refused")
                    .addKeyValue("brokertck.queue", "orders")
                    .log("No room for {}", id);
        }
        if (number % A_SECOND == 0 && queue.metrics().deadLetters() > MOST_DEAD) {
            queue.deadLetters().purge();
        }
    }

    private void handle(Message message) throws InterruptedException {
        work.take(isSlow() ? SLOW : QUICK);
        long order = Long.parseLong(message.id().substring("order-".length()));
        boolean failsForGood = order % 40 == 10;
        boolean failsOnce = order % 10 == 0 && message.retries() == 0;
        if (failsForGood || failsOnce) {
            OutOfStockException failure = new OutOfStockException("nothing left for " + message.id());
            LOG.atInfo()
                    .addKeyValue("event.action", "attempt-failed")
                    .addKeyValue("event.outcome", "failure")
                    .addKeyValue("brokertck.queue", "orders")
                    .addKeyValue("brokertck.message.id", message.id())
                    .addKeyValue("brokertck.message.retries", message.retries())
                    .addKeyValue("brokertck.message.max_retries", message.maxRetries())
                    .setCause(failure)
                    .log("Attempt {} at {} failed", message.retries() + 1, message.id());
            throw failure;
        }
    }

    private boolean isSlow() {
        long seconds = Duration.ofNanos(System.nanoTime() - startNanos).toSeconds();
        return seconds % MINUTE < SLOW_SECONDS;
    }

    @Override
    public void close() {
        queue.close();
    }

    /** Why an order fails. */
    private static final class OutOfStockException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutOfStockException(String message) {
            super(message, null, false, false);
        }
    }
}
