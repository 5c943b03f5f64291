package org.brokertck.rabbitmq.pubsub;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.brokertck.adapter.pubsub.BufferedSubscription;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.pubsub.PubSubMetrics;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.rabbitmq.connection.Closing;
import org.brokertck.rabbitmq.connection.Connector;
import org.brokertck.rabbitmq.connection.Deadline;
import org.brokertck.rabbitmq.connection.InstanceThreads;
import org.brokertck.rabbitmq.connection.MessageCodec;
import org.brokertck.rabbitmq.connection.MessageSizes;
import org.brokertck.rabbitmq.connection.OneConnection;
import org.brokertck.rabbitmq.connection.Publication;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publish/subscribe on a RabbitMQ server. */
public final class RabbitMqPubSub implements PubSubBroker {
    private static final Logger LOG = LoggerFactory.getLogger(RabbitMqPubSub.class);
    /** How long a close waits for confirms of what was sent: a few round trips. */
    private static final Duration DRAIN = Duration.ofSeconds(1);

    private final TopicExchange exchange;
    private final PubSubConfig config;
    private final PubSubParts parts;
    private final Closing closing;

    private RabbitMqPubSub(
            Connector connector,
            TopicExchange exchange,
            PubSubConfig config,
            Consumer<? super RabbitMqPubSub> onClosed) {
        InstanceThreads threads = new InstanceThreads(exchange.name());
        this.exchange = exchange;
        this.config = config;
        this.parts = new PubSubParts(connector, exchange, config, threads);
        this.closing = new Closing(threads, describe(), () -> end(onClosed));
    }

    /**
     * Opens a broker, and makes its exchange on the server where there is none of that name.
     *
     * @param onClosed is told of this broker when it is closed
     * @throws IllegalArgumentException when the name is not valid
     * @throws BrokerUnavailableException when the server cannot be reached, or has an exchange of that name of another kind
     */
    public static RabbitMqPubSub open(
            Connector connector, String name, PubSubConfig config, Consumer<? super RabbitMqPubSub> onClosed) {
        TopicExchange exchange = new TopicExchange(name);
        Objects.requireNonNull(config, "config");
        RabbitMqPubSub broker = new RabbitMqPubSub(connector, exchange, config, onClosed);
        broker.closing.unlessOpened(() -> broker.parts.feed.awaitFirst(Deadline.in(config.timeout())));
        return broker;
    }

    /**
     * Deletes the exchange of a broker, whose instances must be closed.
     *
     * @throws IllegalArgumentException when the name is not valid
     * @throws BrokerUnavailableException when the server cannot be reached, or refuses
     */
    public static void remove(Connector connector, String name) {
        TopicExchange exchange = new TopicExchange(name);
        OneConnection.delete(connector, "exchange '" + name + "'", exchange::delete);
    }

    @Override
    public String name() {
        return exchange.name();
    }

    @Override
    public Subscription subscribe(String topic) {
        return subscribe(TopicPattern.of(TopicPattern.requireTopic(topic)));
    }

    @Override
    public Subscription subscribeWithPattern(String pattern) {
        return subscribe(TopicPattern.of(pattern));
    }

    private Subscription subscribe(TopicPattern pattern) {
        closing.requireOpen();
        BufferedSubscription subscription = new BufferedSubscription(pattern, config, parts.feed::leave);
        try {
            parts.feed.join(subscription, Deadline.in(config.timeout()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    "Interrupted while subscribing to '" + pattern + "' on " + describe() + ": nothing is subscribed",
                    e);
        }
        parts.idleWatch.watch(subscription);
        if (closing.begun()) {
            // The closing may have looked through the subscriptions just before.
            subscription.end(EndReason.BROKER_CLOSED);
            throw closing.closed();
        }
        return subscription;
    }

    @Override
    public void publish(String topic, Message message) {
        TopicPattern.requireTopic(topic);
        Objects.requireNonNull(message, "message");
        closing.requireOpen();
        Message published = message.toBuilder().topic(topic).build();
        MessageSizes.require(published);
        parts.production.produce(Publication.toExchange(
                name(), topic, MessageCodec.encode(published), parts.counters.of(topic)::published));
    }

    @Override
    public void unsubscribe(String topic) {
        TopicPattern pattern = TopicPattern.of(topic);
        closing.requireOpen();
        for (BufferedSubscription subscription : parts.subscriptions.of(pattern)) {
            if (subscription.end(EndReason.UNSUBSCRIBED)) {
                parts.feed.leave(subscription);
            }
        }
    }

    @Override
    public PubSubMetrics metrics() {
        return parts.counters.sample(parts.subscriptions.count());
    }

    @Override
    public void close() {
        closing.close();
    }

    private void end(Consumer<? super RabbitMqPubSub> onClosed) {
        try {
            parts.production.close();
            for (BufferedSubscription subscription : parts.subscriptions.all()) {
                parts.subscriptions.remove(subscription);
                subscription.end(EndReason.BROKER_CLOSED);
            }
            drain();
            parts.close();
        } finally {
            onClosed.accept(this);
        }
    }

    /** What was sent may be heard before it is confirmed, and whoever hears it may close: its publisher is to learn that it arrived. */
    private void drain() {
        try {
            parts.production.drain(Deadline.in(DRAIN));
        } catch (InterruptedException hurried) {
            // Whoever waits in a publish learns that the outcome is unknown.
            LOG.debug("The {} was closed without waiting for confirms", describe());
        }
    }

    private String describe() {
        return "publish/subscribe broker '" + exchange.name() + "'";
    }
}
