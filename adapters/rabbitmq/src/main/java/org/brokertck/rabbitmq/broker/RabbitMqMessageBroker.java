package org.brokertck.rabbitmq.broker;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.brokertck.api.BrokerException;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
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
        broker.closing.unlessOpened(broker.parts::open);
        return broker;
    }

    /**
     * Deletes the exchange of a broker, whose instances must be closed.
     *
     * @throws IllegalArgumentException when the name is not valid
     * @throws BrokerUnavailableException when the server cannot be reached, or refuses
     */
    public static void remove(Connector connector, String name) {
        BrokerExchange exchange = new BrokerExchange(name);
        OneConnection.delete(connector, "broker '" + name + "'", exchange::delete);
    }

    @Override
    public String name() {
        return exchange.name();
    }

    @Override
    public void produce(String topic, Message message) {
        TopicPattern.requireTopic(topic);
        Objects.requireNonNull(message, "message");
        closing.requireOpen();
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
        closing.requireOpen();
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
            throw closing.closed();
        }
        subscription.loop().startWithin(patience, closing::closed);
        return subscription;
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

    private String describe() {
        return "broker '" + exchange.name() + "'";
    }
}
