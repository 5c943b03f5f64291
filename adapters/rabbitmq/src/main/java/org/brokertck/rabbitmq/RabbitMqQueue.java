package org.brokertck.rabbitmq;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.queue.DeadLetters;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueMetrics;

/** A message queue on a RabbitMQ server. */
final class RabbitMqQueue implements MessageQueue {
    private final QueueParts parts;
    private final RabbitMqDeadLetters deadLetters;
    private final Production production;
    private final QueueCloser closer;

    /**
     * Takes the parts over; they are closed with the queue.
     *
     * @param onClosed is told of this queue when it is closed
     */
    RabbitMqQueue(QueueParts parts, java.util.function.Consumer<RabbitMqQueue> onClosed) {
        this.parts = parts;
        this.deadLetters = new RabbitMqDeadLetters(parts, this::requireOpen);
        this.production = new Production(parts);
        this.closer = new QueueCloser(parts, production, deadLetters, () -> onClosed.accept(this));
    }

    @Override
    public String name() {
        return parts.topology().name();
    }

    @Override
    public void produce(Message message) {
        Objects.requireNonNull(message, "message");
        requireOpen();
        production.produce(message);
    }

    @Override
    public Consumer consume(MessageHandler handler) {
        Objects.requireNonNull(handler, "handler");
        requireOpen();
        QueueConsumer consumer = new QueueConsumer(parts, handler);
        parts.consumers().add(consumer);
        if (closer.begun()) {
            // The closing may have looked through the consumers just before.
            parts.consumers().remove(consumer);
            throw closed();
        }
        subscribe(consumer);
        return consumer;
    }

    @Override
    public DeadLetters deadLetters() {
        return deadLetters;
    }

    @Override
    public QueueMetrics metrics() {
        if (closer.begun()) {
            return parts.counters().snapshot();
        }
        try {
            return parts.desk().askWithin(parts.connector().answerTimeout(), channel -> {
                parts.counters().deadLetters(deadLetters.parked(channel));
                return parts.counters().snapshot();
            });
        } catch (ClosedException | BrokerUnavailableException e) {
            if (closer.begun()) {
                return parts.counters().snapshot();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        closer.close();
    }

    /** Waits until the server knows the consumer: what is unreachable shall be told now. */
    private void subscribe(QueueConsumer consumer) {
        Duration patience = parts.connector().answerTimeout();
        try {
            consumer.start().get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            consumer.stop();
            throw parts.consuming().unavailable();
        } catch (ExecutionException e) {
            throw closed();
        } catch (InterruptedException e) {
            consumer.stop();
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("Interrupted while subscribing to '" + name() + "'", e);
        }
    }

    private void requireOpen() {
        if (closer.begun()) {
            throw closed();
        }
    }

    private ClosedException closed() {
        return new ClosedException("Queue '" + name() + "' is closed: open it again");
    }
}
