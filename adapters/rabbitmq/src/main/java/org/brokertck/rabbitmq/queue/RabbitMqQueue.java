package org.brokertck.rabbitmq.queue;

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
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.rabbitmq.connection.Connector;
import org.brokertck.rabbitmq.connection.MessageCodec;
import org.brokertck.rabbitmq.connection.MessageSizes;
import org.brokertck.rabbitmq.connection.OneConnection;
import org.brokertck.rabbitmq.connection.Production;
import org.brokertck.rabbitmq.connection.Publication;

/** A message queue on a RabbitMQ server. */
public final class RabbitMqQueue implements MessageQueue {
    private final QueueParts parts;
    private final RabbitMqDeadLetters deadLetters;
    private final Production production;
    private final QueueCloser closer;

    private RabbitMqQueue(QueueParts parts, java.util.function.Consumer<RabbitMqQueue> onClosed) {
        this.parts = parts;
        this.deadLetters = new RabbitMqDeadLetters(parts, this::requireOpen);
        this.production = new Production(
                parts.publisher(),
                "queue '" + parts.topology().name() + "' on RabbitMQ at "
                        + parts.connector().address(),
                patience(parts));
        this.closer = new QueueCloser(parts, production, deadLetters, () -> onClosed.accept(this));
    }

    /**
     * Opens a queue, and makes it on the server where there is none of that name.
     *
     * @param onClosed is told of this queue when it is closed
     * @throws IllegalArgumentException when the name is not valid
     * @throws BrokerUnavailableException when the server cannot be reached, or has a queue of that name of another kind
     */
    public static RabbitMqQueue open(
            Connector connector,
            String name,
            QueueConfig config,
            java.util.function.Consumer<? super RabbitMqQueue> onClosed) {
        Topology topology = new Topology(name);
        Objects.requireNonNull(config, "config");
        QueueParts parts = new QueueParts(connector, topology, config);
        RabbitMqQueue queue = new RabbitMqQueue(parts, onClosed::accept);
        queue.closer.closing().unlessOpened(() -> {
            // Fails fast where the server is not there at all; the rest may take its time.
            parts.desk().awaitServer();
            parts.desk().askOnce(channel -> {
                topology.declare(channel);
                return true;
            });
        });
        return queue;
    }

    /**
     * Deletes a queue with everything in it, dead letters included.
     *
     * @throws IllegalArgumentException when the name is not valid
     * @throws BrokerUnavailableException when the server cannot be reached, or refuses
     */
    public static void remove(Connector connector, String name) {
        Topology topology = new Topology(name);
        OneConnection.delete(connector, "queue '" + name + "'", topology::delete);
    }

    @Override
    public String name() {
        return parts.topology().name();
    }

    @Override
    public void produce(Message message) {
        Objects.requireNonNull(message, "message");
        requireOpen();
        MessageSizes.require(message);
        production.produce(
                new Publication(name(), MessageCodec.encode(message.withRetries(0)), parts.counters()::produced));
    }

    @Override
    public Consumer consume(MessageHandler handler) {
        Objects.requireNonNull(handler, "handler");
        requireOpen();
        QueueConsumer consumer = new QueueConsumer(parts, handler);
        parts.consumers().add(consumer);
        if (closer.closing().begun()) {
            // The closing may have looked through the consumers just before.
            parts.consumers().remove(consumer);
            throw closer.closing().closed();
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
        if (closer.closing().begun()) {
            return parts.counters().snapshot();
        }
        try {
            return parts.desk().askWithin(parts.connector().answerTimeout(), channel -> {
                parts.counters().deadLetters(deadLetters.parked(channel));
                return parts.counters().snapshot();
            });
        } catch (ClosedException | BrokerUnavailableException e) {
            if (closer.closing().begun()) {
                return parts.counters().snapshot();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        closer.close();
    }

    /** A timeout of 0 means not to wait for room; an answer takes time nevertheless. */
    private static Duration patience(QueueParts parts) {
        Duration timeout = parts.config().produceTimeout();
        return timeout.isZero() ? parts.connector().answerTimeout() : timeout;
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
            throw closer.closing().closed();
        } catch (InterruptedException e) {
            consumer.stop();
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("Interrupted while subscribing to '" + name() + "'", e);
        }
    }

    private void requireOpen() {
        closer.closing().requireOpen();
    }
}
