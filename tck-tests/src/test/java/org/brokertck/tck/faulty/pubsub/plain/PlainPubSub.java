package org.brokertck.tck.faulty.pubsub.plain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.brokertck.api.ClosedException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.api.pubsub.OverflowPolicy;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.pubsub.PubSubMetrics;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.api.pubsub.TopicCounts;
import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;
import org.brokertck.tck.scenario.LargeHeaders;

/**
 * A correct broker with one lock and one condition, made to be read and to be broken: each decision is a method that a variant
 * overrides. All but the public methods of the contract are called under the lock.
 */
public class PlainPubSub implements PubSubBroker {
    private static final int REMEMBERED_TOPICS = 1000;

    /** All that live, in the order in which they came. */
    protected final Set<PlainSubscription> subscriptions = new LinkedHashSet<>();

    /** What was counted of each topic that is told apart. */
    protected final Map<String, TopicCounts> counts = new HashMap<>();

    /** What was counted of all others. */
    protected TopicCounts others = TopicCounts.NONE;

    /** Whether close was called. */
    protected boolean closed;

    private final Opening opening;
    /** Who hears of a topic, until someone comes or goes. */
    private final Map<String, List<PlainSubscription>> remembered = new HashMap<>();

    /** Opens the broker. */
    @SuppressWarnings("this-escape") // nothing is called on it before it is ready
    public PlainPubSub(Opening opening) {
        this.opening = opening;
        locked(() -> line().instances.add(this));
    }

    @Override
    public final String name() {
        return opening.name();
    }

    /** The settings. */
    protected final PubSubConfig config() {
        return opening.config();
    }

    /** The time. */
    protected final TimeSource time() {
        return opening.time();
    }

    /** What it shares. */
    protected final Line line() {
        return opening.line();
    }

    /** Runs a step under the lock. */
    protected final <T> T locked(Supplier<T> step) {
        line().lock.lock();
        try {
            return step.get();
        } finally {
            line().lock.unlock();
        }
    }

    // ---- subscribing

    @Override
    public Subscription subscribe(String topic) {
        checkTopic(topic);
        return activate(topic);
    }

    @Override
    public Subscription subscribeWithPattern(String pattern) {
        checkPattern(pattern);
        return activate(pattern);
    }

    /** Refuses what is no topic. Called without the lock. */
    protected void checkTopic(String topic) {
        TopicPattern.requireTopic(topic);
    }

    /** Refuses what is no pattern. Called without the lock. */
    protected void checkPattern(String pattern) {
        TopicPattern.of(pattern);
    }

    private Subscription activate(String text) {
        return locked(() -> {
            requireUsable(config().timeout());
            PlainSubscription subscription = newSubscription(text);
            subscription.lastActivity = time().nanoTime();
            add(subscription);
            return subscription;
        });
    }

    /** A subscription, not yet active. */
    protected PlainSubscription newSubscription(String text) {
        return new PlainSubscription(this, text);
    }

    /** Makes a subscription active. */
    protected void add(PlainSubscription subscription) {
        subscriptions.add(subscription);
        remembered.clear();
        watch(subscription, config().idleTimeout());
    }

    /** Refuses calls to a broker that cannot serve them. */
    protected void requireUsable(Duration patience) {
        if (closed) {
            throw new ClosedException("Broker '" + name() + "' is closed: open a new one");
        }
    }

    // ---- publishing

    @Override
    public void publish(String topic, Message message) {
        checkTopic(topic);
        Objects.requireNonNull(message, "message");
        checkSize(message);
        locked(() -> {
            requireUsable(config().timeout());
            published(topic);
            Message stored = stored(topic, message);
            List.copyOf(line().instances).forEach(it -> it.deliver(topic, stored));
            line().changed.signalAll();
            return true;
        });
    }

    /** Refuses what is too large. Called without the lock. */
    protected void checkSize(Message message) {
        if (message.payloadSize() > opening.limits().maxPayloadBytes()) {
            throw new MessageTooLargeException("The payload has " + message.payloadSize() + " bytes, and broker '"
                    + name() + "' takes " + opening.limits().maxPayloadBytes() + " at most");
        }
        if (headerBytes(message) > opening.limits().maxHeaderBytes()) {
            throw new MessageTooLargeException("The headers have " + headerBytes(message) + " bytes, and broker '"
                    + name() + "' takes " + opening.limits().maxHeaderBytes() + " at most");
        }
    }

    /** The size of its headers. Called without the lock. */
    protected long headerBytes(Message message) {
        return LargeHeaders.bytes(message.headers());
    }

    /** Counts a publish. */
    protected void published(String topic) {
        count(topic, new TopicCounts(1, 0, 0));
    }

    /** What is delivered of a published message. */
    protected Message stored(String topic, Message message) {
        return message.toBuilder().topic(topic).build();
    }

    /** Hands a message to all subscriptions of this instance that match. */
    protected void deliver(String topic, Message message) {
        hearing(topic).forEach(it -> offer(it, message));
    }

    /** The subscriptions that match, each once. */
    protected List<PlainSubscription> hearing(String topic) {
        if (remembered.size() > REMEMBERED_TOPICS) {
            remembered.clear();
        }
        return remembered.computeIfAbsent(
                topic,
                it -> subscriptions.stream()
                        .filter(subscription -> matches(subscription.pattern(), it))
                        .toList());
    }

    /** Whether a pattern matches a topic. */
    protected boolean matches(String pattern, String topic) {
        return TopicPattern.of(pattern).matches(topic);
    }

    /** Buffers a message, or drops one. */
    protected void offer(PlainSubscription subscription, Message message) {
        if (subscription.buffer.size() < config().bufferCapacity()) {
            enqueue(subscription, message);
        } else if (config().overflow() == OverflowPolicy.DROP_OLDEST) {
            dropped(subscription, subscription.buffer.removeFirst());
            enqueue(subscription, message);
        } else {
            dropped(subscription, message);
        }
    }

    /** Puts a message at the end of a buffer. */
    protected void enqueue(PlainSubscription subscription, Message message) {
        subscription.buffer.addLast(message);
    }

    /** Counts a drop. */
    protected void dropped(PlainSubscription subscription, Message message) {
        subscription.dropped++;
        count(message.topic(), new TopicCounts(0, 0, 1));
    }

    // ---- taking

    /** What a take brings now. */
    protected Optional<Message> take(PlainSubscription subscription) {
        Optional<Message> message = Optional.ofNullable(subscription.buffer.pollFirst());
        message.ifPresent(it -> delivered(subscription, it));
        return message.map(this::handedOut);
    }

    /** Counts a delivery. */
    protected void delivered(PlainSubscription subscription, Message message) {
        count(message.topic(), new TopicCounts(0, 1, 0));
    }

    /** What the subscriber is given of a buffered message. */
    protected Message handedOut(Message message) {
        return message;
    }

    /** A take has ended, whatever it brought: a new idle time begins. */
    protected void asked(PlainSubscription subscription) {
        subscription.lastActivity = time().nanoTime();
    }

    /** What an interrupted wait throws. */
    protected RuntimeException interrupted(InterruptedException cause) {
        return PlainSubscription.interruptedWait(name(), cause);
    }

    // ---- ending

    @Override
    public void unsubscribe(String topic) {
        checkPattern(topic);
        List<PlainSubscription> ending = locked(() -> {
            requireNotClosed();
            List<PlainSubscription> ended = unsubscribed(topic);
            ended.forEach(it -> end(it, EndReason.UNSUBSCRIBED));
            return ended;
        });
        ending.forEach(PlainSubscription::announce);
        locked(() -> {
            requireUsable(config().timeout());
            return true;
        });
    }

    private void requireNotClosed() {
        if (closed) {
            throw new ClosedException("Broker '" + name() + "' is closed: open a new one");
        }
    }

    /** The subscriptions that an unsubscription ends. */
    protected List<PlainSubscription> unsubscribed(String text) {
        return subscriptions.stream().filter(it -> it.pattern().equals(text)).toList();
    }

    /** Ends a subscription, once. */
    protected boolean end(PlainSubscription subscription, EndReason reason) {
        if (subscription.reason != null) {
            return false;
        }
        subscription.reason = reason;
        remove(subscription);
        if (reason == EndReason.IDLE) {
            free(subscription);
        }
        line().changed.signalAll();
        return true;
    }

    /** Makes a subscription inactive. */
    protected void remove(PlainSubscription subscription) {
        subscription.alarm(null);
        subscriptions.remove(subscription);
        remembered.clear();
    }

    /** Drops what is buffered. */
    protected void free(PlainSubscription subscription) {
        subscription.buffer.forEach(it -> dropped(subscription, it));
        subscription.buffer.clear();
    }

    private void watch(PlainSubscription subscription, Duration delay) {
        subscription.alarm(time().schedule(delay, () -> look(subscription)));
    }

    /** Looks whether a subscription is idle; runs on the timer's thread, without the lock. */
    private void look(PlainSubscription subscription) {
        locked(() -> {
            if (subscription.reason != null) {
                return false;
            }
            Duration left = idleFor(subscription);
            if (left.isZero() || left.isNegative()) {
                return end(subscription, EndReason.IDLE);
            }
            watch(subscription, left);
            return false;
        });
        subscription.announce();
    }

    /** How long until the subscription is idle; 0 or less when it is. */
    protected Duration idleFor(PlainSubscription subscription) {
        if (subscription.waiting > 0) {
            return config().idleTimeout();
        }
        return config().idleTimeout().minusNanos(time().nanoTime() - subscription.lastActivity);
    }

    // ---- metrics

    /** Adds to the counts of a topic. */
    protected void count(String topic, TopicCounts more) {
        if (counts.containsKey(topic) || counts.size() < config().countedTopics()) {
            counts.merge(topic, more, TopicCounts::plus);
        } else {
            others = others.plus(more);
        }
    }

    @Override
    public PubSubMetrics metrics() {
        return locked(this::snapshot);
    }

    /** The counters. */
    protected PubSubMetrics snapshot() {
        return new PubSubMetrics(counts, others, subscriptions.size());
    }

    // ---- closing

    @Override
    public void close() {
        List<PlainSubscription> ending = locked(this::beginClosing);
        ending.forEach(PlainSubscription::announce);
        endTime();
    }

    /** Ends all subscriptions; nothing more is taken in. */
    protected List<PlainSubscription> beginClosing() {
        closed = true;
        line().instances.remove(this);
        List<PlainSubscription> ending = new ArrayList<>(subscriptions);
        ending.forEach(it -> end(it, EndReason.BROKER_CLOSED));
        return ending;
    }

    /** Ends the timer. Called without the lock. */
    protected void endTime() {
        if (time() instanceof SystemTimeSource own) {
            own.close();
        }
    }
}
