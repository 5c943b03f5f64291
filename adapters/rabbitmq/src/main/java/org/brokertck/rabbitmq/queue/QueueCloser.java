package org.brokertck.rabbitmq.queue;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.time.Duration;
import org.brokertck.api.BrokerException;
import org.brokertck.rabbitmq.connection.Closing;
import org.brokertck.rabbitmq.connection.Deadline;
import org.brokertck.rabbitmq.connection.Farewell;
import org.brokertck.rabbitmq.connection.Production;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a queue. A consumer's own thread does not wait for it. */
final class QueueCloser {
    private static final Logger LOG = LoggerFactory.getLogger(QueueCloser.class);
    /** How long each step may take that waits for the server and not for a handler. */
    private static final Duration STEP = Duration.ofSeconds(1);

    private final QueueParts parts;
    private final Production production;
    private final RabbitMqDeadLetters deadLetters;
    private final Runnable onClosed;
    private final Closing closing;

    /** @param onClosed is run when all is over */
    QueueCloser(QueueParts parts, Production production, RabbitMqDeadLetters deadLetters, Runnable onClosed) {
        this.parts = parts;
        this.production = production;
        this.deadLetters = deadLetters;
        this.onClosed = onClosed;
        this.closing = new Closing(parts.threads(), what(), this::run);
    }

    private String what() {
        return "queue '" + parts.topology().name() + "'";
    }

    Closing closing() {
        return closing;
    }

    void close() {
        if (parts.consumers().stream().anyMatch(consumer -> consumer.runsOn(Thread.currentThread()))) {
            closing.begin();
        } else {
            closing.close();
        }
    }

    private void run() {
        production.close();
        try {
            drain();
        } catch (InterruptedException hurried) {
            LOG.debug("The drain of '{}' was cut short", parts.topology().name());
        }
        try {
            abandonTheRest();
            if (parts.consuming().isOpen()) {
                parts.desk().askWithin(STEP, this::keepLastFigure);
            }
        } catch (InterruptedException | BrokerException unreachable) {
            LOG.debug(
                    "'{}' was closed without an answer from its server",
                    parts.topology().name(),
                    unreachable);
        }
        try {
            freeEverything();
        } finally {
            onClosed.run();
        }
    }

    private void drain() throws InterruptedException {
        parts.retries().stop();
        parts.consumers().forEach(QueueConsumer::stop);
        Deadline deadline = Deadline.in(parts.config().drainTimeout());
        for (QueueConsumer consumer : parts.consumers()) {
            if (!consumer.join(deadline)) {
                break;
            }
        }
        production.drain(Deadline.in(STEP));
    }

    private void abandonTheRest() throws InterruptedException {
        parts.consumers().forEach(QueueConsumer::stop);
        parts.consumers().forEach(QueueConsumer::abandon);
        Deadline deadline = Deadline.in(QueueConsumer.GRACE);
        for (QueueConsumer consumer : parts.consumers()) {
            consumer.join(deadline);
        }
        parts.retries().join(deadline);
    }

    private boolean keepLastFigure(Channel channel) throws IOException {
        parts.counters().deadLetters(deadLetters.parked(channel));
        return true;
    }

    private void freeEverything() {
        parts.publisher().stop();
        parts.desk().close();
        Farewell.take(what(), parts.threads(), parts.publishing(), parts.consuming());
    }
}
