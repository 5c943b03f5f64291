package org.brokertck.rabbitmq.pubsub;

import com.rabbitmq.client.Delivery;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.brokertck.adapter.pubsub.BufferedSubscription;
import org.brokertck.adapter.pubsub.PatternIndex;
import org.brokertck.adapter.pubsub.TopicCounters;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.rabbitmq.connection.MessageCodec;

/** The living subscriptions of one instance, to which it hands out what arrives. */
final class Subscriptions {
    private final TopicCounters counters;
    private final ReentrantLock lock = new ReentrantLock();
    private final PatternIndex<BufferedSubscription> index = new PatternIndex<>();
    private final Set<BufferedSubscription> living = new LinkedHashSet<>();

    Subscriptions(TopicCounters counters) {
        this.counters = counters;
    }

    void add(BufferedSubscription subscription) {
        lock.lock();
        try {
            if (living.add(subscription)) {
                index.add(subscription.topicPattern(), subscription);
            }
        } finally {
            lock.unlock();
        }
    }

    /** @return whether it was there */
    boolean remove(BufferedSubscription subscription) {
        lock.lock();
        try {
            index.remove(subscription.topicPattern(), subscription);
            return living.remove(subscription);
        } finally {
            lock.unlock();
        }
    }

    /** All of them now. */
    List<BufferedSubscription> all() {
        lock.lock();
        try {
            return List.copyOf(living);
        } finally {
            lock.unlock();
        }
    }

    /** Those that were made with exactly this text. */
    List<BufferedSubscription> of(TopicPattern pattern) {
        List<BufferedSubscription> found = new ArrayList<>(all());
        found.removeIf(it -> !it.topicPattern().equals(pattern));
        return found;
    }

    int count() {
        lock.lock();
        try {
            return living.size();
        } finally {
            lock.unlock();
        }
    }

    /** Copies what arrived to all that match; never waits for one of them (rule P-9). */
    void deliver(Delivery delivery) {
        Message message = message(delivery);
        List<BufferedSubscription> matching = matching(message.topic());
        if (!matching.isEmpty()) {
            TopicCounters.Counter counter = counters.of(message.topic());
            matching.forEach(it -> it.offer(message, counter));
        }
    }

    private List<BufferedSubscription> matching(String topic) {
        List<String> words = TopicPattern.wordsOf(topic);
        lock.lock();
        try {
            return index.matching(words);
        } finally {
            lock.unlock();
        }
    }

    /** What other clients publish has its topic in the routing key alone. */
    private static Message message(Delivery delivery) {
        Message message = MessageCodec.decode(delivery.getProperties(), delivery.getBody());
        return message.topic().isEmpty()
                ? message.toBuilder()
                        .topic(delivery.getEnvelope().getRoutingKey())
                        .build()
                : message;
    }
}
