package org.brokertck.cli.unsafe;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Recoverable;
import com.rabbitmq.client.RecoverableConnection;
import com.rabbitmq.client.RecoveryListener;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.brokertck.adapter.pubsub.BufferedSubscription;
import org.brokertck.adapter.pubsub.TopicCounters;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.pubsub.PubSubMetrics;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.api.pubsub.TopicPattern;

/**
 * Publish/subscribe over a topic exchange as one writes it in an afternoon: a queue and a channel for each subscription, and a
 * connection that the client library recovers. What a subscriber leaves lying waits in a bounded buffer.
 */
final class NaiveRabbitMqPubSub implements PubSubBroker {
    private static final int RECOVERY_MILLIS = 100;

    private final String name;
    private final PubSubConfig config;
    private final Set<RabbitMqHabit> habits;
    private final TopicCounters counters;
    private final Connection connection;
    private final Channel publishing;
    private final Map<BufferedSubscription, Channel> subscriptions = new ConcurrentHashMap<>();
    private volatile boolean closed;

    NaiveRabbitMqPubSub(URI uri, String name, PubSubConfig config, Set<RabbitMqHabit> habits) {
        this.name = name;
        this.config = config;
        this.habits = habits;
        this.counters = new TopicCounters(config.countedTopics());
        try {
            connection = factory(uri).newConnection("naive publish/subscribe");
            publishing = connection.createChannel();
            publishing.confirmSelect();
            publishing.exchangeDeclare(name, BuiltinExchangeType.TOPIC, true);
        } catch (IOException | TimeoutException e) {
            throw new BrokerUnavailableException("RabbitMQ cannot be reached", e);
        }
        if (!habits.contains(RabbitMqHabit.SILENT_RECOVERY)) {
            ((RecoverableConnection) connection).addRecoveryListener(new TellsGaps());
        }
    }

    static void remove(URI uri, String name) {
        try (Connection connection = factory(uri).newConnection();
                Channel channel = connection.createChannel()) {
            channel.exchangeDelete(name);
        } catch (IOException | TimeoutException e) {
            throw new BrokerUnavailableException("RabbitMQ cannot be reached", e);
        }
    }

    private static ConnectionFactory factory(URI uri) {
        ConnectionFactory factory = new ConnectionFactory();
        try {
            factory.setUri(uri);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("uri is not of use for RabbitMQ", e);
        }
        factory.setNetworkRecoveryInterval(RECOVERY_MILLIS);
        return factory;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Subscription subscribe(String topic) {
        return subscribeWithPattern(TopicPattern.requireTopic(topic));
    }

    @Override
    public Subscription subscribeWithPattern(String pattern) {
        requireOpen();
        BufferedSubscription subscription = new BufferedSubscription(TopicPattern.of(pattern), config, this::leave);
        try {
            Channel channel = connection.createChannel();
            String queue = queue(channel, pattern);
            channel.queueBind(queue, name, pattern);
            subscriptions.put(subscription, channel);
            channel.basicConsume(queue, true, (tag, delivery) -> receive(subscription, delivery.getBody()), tag -> {});
            return subscription;
        } catch (IOException | AlreadyClosedException e) {
            subscriptions.remove(subscription);
            throw new BrokerUnavailableException("RabbitMQ did not subscribe to '" + pattern + "'", e);
        }
    }

    private String queue(Channel channel, String pattern) throws IOException {
        return habits.contains(RabbitMqHabit.QUEUE_PER_PATTERN)
                ? channel.queueDeclare(name + "." + pattern, false, false, true, null)
                        .getQueue()
                : channel.queueDeclare().getQueue();
    }

    private void receive(BufferedSubscription subscription, byte[] body) {
        Message message = NaiveEnvelope.message(body);
        subscription.offer(message, counters.of(message.topic()));
    }

    @Override
    public void publish(String topic, Message message) {
        TopicPattern.requireTopic(topic);
        Objects.requireNonNull(message, "message");
        requireOpen();
        byte[] body = NaiveEnvelope.of(message.toBuilder().topic(topic).build());
        synchronized (publishing) {
            try {
                publishing.basicPublish(name, topic, null, body);
                publishing.waitForConfirmsOrDie(config.timeout().toMillis());
            } catch (AlreadyClosedException e) {
                throw new BrokerUnavailableException("RabbitMQ is away", e);
            } catch (IOException | TimeoutException | RuntimeException e) {
                throw new OperationTimeoutException("Nobody confirmed the message", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OperationTimeoutException("Interrupted", e);
            }
        }
        counters.of(topic).published();
    }

    @Override
    public void unsubscribe(String topic) {
        requireOpen();
        for (BufferedSubscription subscription : subscriptions.keySet()) {
            if (subscription.pattern().equals(topic) && subscription.end(EndReason.UNSUBSCRIBED)) {
                leave(subscription);
            }
        }
    }

    private void leave(BufferedSubscription subscription) {
        Channel channel = subscriptions.remove(subscription);
        if (channel != null) {
            try {
                channel.abort();
            } catch (IOException gone) {
                // Gone is all that it should be.
                return;
            }
        }
    }

    @Override
    public PubSubMetrics metrics() {
        return counters.sample(subscriptions.size());
    }

    @Override
    public void close() {
        closed = true;
        connection.abort();
        subscriptions.keySet().forEach(it -> it.end(EndReason.BROKER_CLOSED));
        subscriptions.clear();
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedException("The broker is closed");
        }
    }

    /** Before anything is received again, so that nobody sees what follows a gap and not the gap. */
    private final class TellsGaps implements RecoveryListener {
        @Override
        public void handleRecoveryStarted(Recoverable recoverable) {
            subscriptions.keySet().forEach(BufferedSubscription::gap);
        }

        @Override
        public void handleRecovery(Recoverable recoverable) {
            // Told when it began.
        }
    }
}
