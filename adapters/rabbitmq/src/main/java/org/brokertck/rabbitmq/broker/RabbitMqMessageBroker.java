package org.brokertck.rabbitmq.broker;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.brokertck.api.BrokerException;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.api.multibroker.TopicSubscription;
import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.rabbitmq.connection.Closing;
import org.brokertck.rabbitmq.connection.Connector;
import org.brokertck.rabbitmq.connection.MessageCodec;
import org.brokertck.rabbitmq.connection.MessageSizes;
import org.brokertck.rabbitmq.connection.OneConnection;
import org.brokertck.rabbitmq.connection.Publication;

/** A message broker on a RabbitMQ server. */
public final class RabbitMqMessageBroker implements MessageBroker {
    private final BrokerExchange exchange;
    private final BrokerConfig config;
    private final Duration patience;
    private final BrokerParts parts;
    private final Closing closing;

    private RabbitMqMessageBroker(
            Connector connector,
            BrokerExchange exchange,
            BrokerConfig config,
            Consumer<? super RabbitMqMessageBroker> onClosed) {
        this.exchange = exchange;
        this.config = config;
        this.patience = connector.answerTimeout();
        this.parts = new BrokerParts(connector, exchange, config);
        this.closing = new Closing(parts.threads, describe(), () -> end(onClosed));
    }

    /**
     * Opens a broker, and makes its exchange on the server where there is none of that name.
     *
     * @param connector its answer timeout is used where the produce timeout is 0
     * @param onClosed is told of this broker when it is closed
     * @throws IllegalArgumentException when the name is not valid
     * @throws BrokerUnavailableException when the server cannot be reached, or has an exchange of that name of another kind
     */
    public static RabbitMqMessageBroker open(
            Connector connector, String name, BrokerConfig config, Consumer<? super RabbitMqMessageBroker> onClosed) {
        BrokerExchange exchange = new BrokerExchange(name);
        // A timeout of 0 means not to wait for room; an answer takes time nevertheless.
        Duration timeout = Objects.requireNonNull(config, "config").produceTimeout();
        Connector patient = timeout.isZero() ? connector : connector.within(timeout);
        RabbitMqMessageBroker broker = new RabbitMqMessageBroker(patient, exchange, config, onClosed);
        boolean opened = false;
        try {
            broker.parts.open();
            opened = true;
            return broker;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("Interrupted while opening " + broker.describe(), e);
        } finally {
            if (!opened) {
                broker.close();
            }
        }
    }

    /**
     * Deletes the exchange of a broker, whose instances must be closed.
     *
     * @throws IllegalArgumentException when the name is not valid
     * @throws BrokerUnavailableException when the server cannot be reached, or refuses
     */
    public static void remove(Connector connector, String name) {
        BrokerExchange exchange = new BrokerExchange(name);
        boolean unused = OneConnection.ask(connector, "remove", connection -> {
            try {
                exchange.delete(connection.createChannel());
                return true;
            } catch (IOException e) {
                throw new BrokerUnavailableException(
                        "RabbitMQ at " + connector.address() + " did not delete broker '" + name + "'", e);
            }
        });
    }

    @Override
    public String name() {
        return exchange.name();
    }

    @Override
    public void produce(String topic, Message message) {
        TopicPattern.requireTopic(topic);
        Objects.requireNonNull(message, "message");
        requireOpen();
        Message produced = message.toBuilder().topic(topic).retries(0).build();
        MessageSizes.require(produced);
        try {
            parts.production.produce(
                    Publication.toExchange(exchange.exchange(), topic, MessageCodec.encode(produced), () -> {}));
        } catch (ClosedException refused) {
            throw refused;
        } catch (BrokerException failed) {
            parts.errors.produces.increment();
            throw failed;
        }
    }

    @Override
    public TopicSubscription subscribe(String topic, MessageHandler handler) {
        TopicPattern.requireTopic(topic);
        Objects.requireNonNull(handler, "handler");
        requireOpen();
        RabbitMqTopicSubscription subscription = new RabbitMqTopicSubscription(
                exchange,
                topic,
                handler,
                parts.errors,
                config.drainTimeout(),
                parts.consuming,
                parts.threads,
                parts.subscriptions::remove);
        parts.subscriptions.add(subscription);
        if (closing.begun()) {
            // The closing may have looked through the subscriptions just before.
            parts.subscriptions.remove(subscription);
            throw closed();
        }
        start(subscription);
        return subscription;
    }

    /** Waits until the server feeds the subscription. */
    private void start(RabbitMqTopicSubscription subscription) {
        try {
            subscription.start().get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            subscription.stop();
            throw parts.consuming.isOpen()
                    ? new OperationTimeoutException("The server did not answer within " + patience
                            + " to a subscription to '" + subscription.topic() + "' of the " + describe()
                            + ": it is taken back")
                    : parts.consuming.unavailable();
        } catch (ExecutionException e) {
            throw closed();
        } catch (InterruptedException e) {
            subscription.stop();
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    "Interrupted while subscribing to '" + subscription.topic() + "' of the " + describe()
                            + ": nothing is subscribed",
                    e);
        }
    }

    @Override
    public HealthStatus health() {
        if (closing.begun()) {
            return parts.health.closed();
        }
        try {
            return parts.health.look();
        } catch (ClosedException meanwhile) {
            return parts.health.closed();
        }
    }

    @Override
    public void close() {
        if (parts.subscriptions.stream().anyMatch(it -> it.loop().runsOn(Thread.currentThread()))) {
            closing.begin();
        } else {
            closing.close();
        }
    }

    private void end(Consumer<? super RabbitMqMessageBroker> onClosed) {
        try {
            parts.close();
        } finally {
            onClosed.accept(this);
        }
    }

    private void requireOpen() {
        if (closing.begun()) {
            throw closed();
        }
    }

    private ClosedException closed() {
        return new ClosedException("The " + describe() + " is closed: open it again");
    }

    private String describe() {
        return "broker '" + exchange.name() + "'";
    }
}
