package org.brokertck.tck.history.pubsub;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.pubsub.PubSubMetrics;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.tck.history.Outcome;
import org.brokertck.tck.history.pubsub.EndCall.Kind;

/** A broker whose calls are recorded as a history. It adds nothing and hides nothing: what the broker throws is thrown on. */
public final class RecordedPubSub {
    private final PubSubBroker broker;
    private final PubSubConfig config;
    private final AtomicInteger names = new AtomicInteger();
    private final List<RecordedSubscription> subscriptions = new CopyOnWriteArrayList<>();
    private final Map<Object, PublishCall> publishes = new ConcurrentHashMap<>();
    private final Map<Object, EndCall> endings = new ConcurrentHashMap<>();
    private final Queue<Take> takes = new ConcurrentLinkedQueue<>();
    private final Queue<TopicsSample> samples = new ConcurrentLinkedQueue<>();
    private final AtomicInteger begun = new AtomicInteger();

    /**
     * @param broker the broker under test
     * @param config how it was opened
     */
    public RecordedPubSub(PubSubBroker broker, PubSubConfig config) {
        this.broker = broker;
        this.config = config;
    }

    /** The broker itself, for calls that need no record. */
    public PubSubBroker unrecorded() {
        return broker;
    }

    /** How it was opened. */
    public PubSubConfig config() {
        return config;
    }

    /** Subscribes to a topic. */
    public RecordedSubscription subscribe(String topic) {
        return subscribed(topic, broker::subscribe);
    }

    /** Subscribes to a pattern. */
    public RecordedSubscription subscribeWithPattern(String pattern) {
        return subscribed(pattern, broker::subscribeWithPattern);
    }

    private RecordedSubscription subscribed(String text, Function<String, Subscription> subscribe) {
        long subscribing = System.nanoTime();
        Subscription subscription = subscribe.apply(text);
        long subscribed = System.nanoTime();
        RecordedSubscription recorded = new RecordedSubscription(
                "subscription-" + names.incrementAndGet(), subscription, this, subscribing, subscribed);
        subscriptions.add(recorded);
        return recorded;
    }

    /** Publishes on behalf of a publisher with this name, which is to be one thread. */
    public void publish(String publisher, String topic, Message message) {
        Object key = new Object();
        long invoked = System.nanoTime();
        PublishCall begin = new PublishCall(publisher, topic, message, invoked, Long.MAX_VALUE, Outcome.PENDING, "");
        publishes.put(key, begin);
        begun.incrementAndGet();
        try {
            broker.publish(topic, message);
            publishes.put(key, ended(begin, Outcome.OK, ""));
        } catch (OperationTimeoutException | OperationInterruptedException e) {
            // Who is interrupted while a server confirms cannot know: nothing half done means all copies or none.
            publishes.put(key, ended(begin, Outcome.UNKNOWN, e.toString()));
            throw e;
        } catch (Throwable e) {
            publishes.put(key, ended(begin, Outcome.REFUSED, e.toString()));
            throw e;
        }
    }

    private static PublishCall ended(PublishCall call, Outcome outcome, String detail) {
        return new PublishCall(
                call.publisher(), call.topic(), call.message(), call.invoked(), System.nanoTime(), outcome, detail);
    }

    /** How many publish calls have begun. */
    public int publishes() {
        return begun.get();
    }

    /** Ends all subscriptions to a text. */
    public void unsubscribe(String text) {
        end(Kind.UNSUBSCRIBE, text, () -> broker.unsubscribe(text));
    }

    /** Reads the metrics. */
    public PubSubMetrics metrics() {
        long asked = System.nanoTime();
        PubSubMetrics metrics = broker.metrics();
        samples.add(new TopicsSample(asked, System.nanoTime(), metrics));
        return metrics;
    }

    /** Closes the broker. */
    public void close() {
        end(Kind.CLOSE_BROKER, "", broker::close);
    }

    void end(Kind kind, String target, Runnable call) {
        Object key = new Object();
        long invoked = System.nanoTime();
        endings.put(key, new EndCall(kind, target, invoked, Long.MAX_VALUE));
        call.run();
        endings.put(key, new EndCall(kind, target, invoked, System.nanoTime()));
    }

    void record(Take take) {
        takes.add(take);
    }

    /** All subscriptions that were made so far. */
    public List<RecordedSubscription> subscriptions() {
        return List.copyOf(subscriptions);
    }

    /** What happened so far. */
    public PubSubHistory history() {
        return new PubSubHistory(
                config,
                List.copyOf(publishes.values()),
                subscriptions.stream().map(RecordedSubscription::span).toList(),
                List.copyOf(endings.values()),
                List.copyOf(takes),
                new ArrayList<>(samples));
    }
}
