package org.brokertck.cli.unsafe;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Publish/subscribe on Redis as one writes it in an afternoon: one connection that publishes, and one for each subscription. Its
 * {@link RedisPubSubHabit}s make it unsafe.
 */
final class NaiveRedisPubSub implements PubSubBroker {
    private static final int TIMEOUT_MILLIS = 2_000;

    private final URI uri;
    private final String name;
    private final PubSubConfig config;
    private final Set<RedisPubSubHabit> habits;
    private final TopicCounters counters;
    private final Map<BufferedSubscription, NaiveRedisListener> listeners = new ConcurrentHashMap<>();
    private Jedis publishing;
    private volatile boolean closed;

    NaiveRedisPubSub(URI uri, String name, PubSubConfig config, Set<RedisPubSubHabit> habits) {
        this.uri = uri;
        this.name = name;
        this.config = config;
        this.habits = habits;
        this.counters = new TopicCounters(config.countedTopics());
        this.publishing = connect();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Subscription subscribe(String topic) {
        return subscribed(TopicPattern.of(TopicPattern.requireTopic(topic)));
    }

    @Override
    public Subscription subscribeWithPattern(String pattern) {
        return subscribed(TopicPattern.of(pattern));
    }

    private Subscription subscribed(TopicPattern pattern) {
        requireOpen();
        BufferedSubscription subscription = new BufferedSubscription(pattern, config, this::stopListening);
        NaiveRedisListener listener = new NaiveRedisListener(this, subscription);
        listeners.put(subscription, listener);
        listener.start();
        if (!has(RedisPubSubHabit.UNCONFIRMED) && !listener.isConfirmedWithin(config.timeout())) {
            subscription.close();
            throw new BrokerUnavailableException("Nobody confirmed the subscription to " + pattern);
        }
        return subscription;
    }

    @Override
    public synchronized void publish(String topic, Message message) {
        TopicPattern.requireTopic(topic);
        requireOpen();
        try {
            if (publishing.isBroken()) {
                publishing = connect();
            }
            Message published = message.toBuilder().topic(topic).build();
            long unused = publishing.publish(
                    channel(topic).getBytes(NaiveRedisListener.CHARSET), NaiveEnvelope.of(published));
            counters.of(topic).published();
        } catch (JedisException e) {
            // Naive, but honest: whatever went wrong, the server may have the message.
            throw new OperationTimeoutException("Nobody knows whether " + topic + " heard the message", e);
        }
    }

    @Override
    public void unsubscribe(String topic) {
        requireOpen();
        end(listeners.keySet().stream().filter(it -> it.pattern().equals(topic)).toList(), EndReason.UNSUBSCRIBED);
    }

    @Override
    public PubSubMetrics metrics() {
        return counters.sample(listeners.size());
    }

    @Override
    public void close() {
        closed = true;
        end(List.copyOf(listeners.keySet()), EndReason.BROKER_CLOSED);
        disconnectPublishing();
    }

    boolean has(RedisPubSubHabit habit) {
        return habits.contains(habit);
    }

    /** @throws JedisException when the server cannot be reached */
    Jedis connect() {
        return new Jedis(uri, TIMEOUT_MILLIS);
    }

    /** The channel of a topic, or what channels begin with whose topics do. */
    String channel(String topic) {
        return name + ":" + topic;
    }

    TopicCounters.Counter counter(String topic) {
        return counters.of(topic);
    }

    private void end(List<BufferedSubscription> subscriptions, EndReason reason) {
        subscriptions.forEach(it -> {
            boolean unused = it.end(reason);
            stopListening(it);
        });
    }

    private void stopListening(BufferedSubscription subscription) {
        NaiveRedisListener listener = listeners.remove(subscription);
        if (listener != null) {
            listener.stop();
        }
    }

    private synchronized void disconnectPublishing() {
        publishing.disconnect();
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedException("Broker " + name + " is closed");
        }
    }
}
