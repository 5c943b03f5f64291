package org.brokertck.tck.history.broker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.multibroker.TopicSubscription;
import org.brokertck.tck.history.Outcome;

/** Writes down what is produced to, and heard on, the topics of a message broker or a multi-broker. */
public final class RecordedTopics {
    private final BiConsumer<String, Message> produce;
    private final BiFunction<String, MessageHandler, TopicSubscription> subscribe;
    private final AtomicInteger subscribed = new AtomicInteger();
    /** Guarded by this, as all below. */
    private final Map<Object, TopicProduce> produces = new LinkedHashMap<>();

    private final Map<Object, Handling> handlings = new LinkedHashMap<>();
    private final Map<String, SubscriberSpan> subscribers = new LinkedHashMap<>();
    private long closing = Long.MAX_VALUE;
    private long closed = Long.MAX_VALUE;

    /** @param produce hands a message to a topic */
    public RecordedTopics(
            BiConsumer<String, Message> produce, BiFunction<String, MessageHandler, TopicSubscription> subscribe) {
        this.produce = produce;
        this.subscribe = subscribe;
    }

    /** Produces, and throws what the broker throws. */
    public void produce(String producer, String topic, Message message) {
        Object key = new Object();
        long invoked = System.nanoTime();
        record(key, new TopicProduce(producer, topic, message, invoked, Long.MAX_VALUE, Outcome.PENDING, ""));
        Outcome outcome = Outcome.REFUSED;
        String detail = "";
        try {
            produce.accept(topic, message);
            outcome = Outcome.OK;
        } catch (OperationTimeoutException | OperationInterruptedException unknown) {
            outcome = Outcome.UNKNOWN;
            detail = unknown.toString();
            throw unknown;
        } catch (RuntimeException | Error refusal) {
            detail = refusal.toString();
            throw refusal;
        } finally {
            record(key, new TopicProduce(producer, topic, message, invoked, System.nanoTime(), outcome, detail));
        }
    }

    /** Subscribes a handler; the name tells one subscription from another in findings. */
    public Heard subscribe(String topic, MessageHandler handler) {
        String name = "subscriber-" + subscribed.incrementAndGet() + " of '" + topic + "'";
        long invoked = System.nanoTime();
        TopicSubscription subscription = subscribe.apply(topic, message -> handle(name, handler, message));
        SubscriberSpan span =
                new SubscriberSpan(name, topic, invoked, System.nanoTime(), Long.MAX_VALUE, Long.MAX_VALUE);
        record(span);
        return new Heard(name, subscription, span);
    }

    private void handle(String name, MessageHandler handler, Message message) throws Exception {
        Object key = new Object();
        long started = System.nanoTime();
        record(key, new Handling(name, message, started, Long.MAX_VALUE, false));
        boolean failed = true;
        try {
            handler.handle(message);
            failed = false;
        } finally {
            record(key, new Handling(name, message, started, System.nanoTime(), failed));
        }
    }

    /** A subscription whose end is written down. */
    public final class Heard implements AutoCloseable {
        private final String name;
        private final TopicSubscription subscription;
        private final SubscriberSpan span;

        private Heard(String name, TopicSubscription subscription, SubscriberSpan span) {
            this.name = name;
            this.subscription = subscription;
            this.span = span;
        }

        /** The subscriber's name in the history. */
        public String name() {
            return name;
        }

        /** The subscription itself. */
        public TopicSubscription unrecorded() {
            return subscription;
        }

        @Override
        public void close() {
            long begun = System.nanoTime();
            record(new SubscriberSpan(name, span.topic(), span.invoked(), span.subscribed(), begun, Long.MAX_VALUE));
            subscription.close();
            record(new SubscriberSpan(name, span.topic(), span.invoked(), span.subscribed(), begun, System.nanoTime()));
        }
    }

    /** Notes that the broker's close is being called. */
    public synchronized void closing() {
        closing = Math.min(closing, System.nanoTime());
    }

    /** Notes that the broker's close has returned. */
    public synchronized void closed() {
        closed = Math.min(closed, System.nanoTime());
    }

    private synchronized void record(Object key, TopicProduce call) {
        produces.put(key, call);
    }

    private synchronized void record(Object key, Handling handling) {
        handlings.put(key, handling);
    }

    private synchronized void record(SubscriberSpan span) {
        subscribers.put(span.name(), span);
    }

    /** How many handlers have ended, and how many of them by throwing. */
    public synchronized List<Handling> endedHandlings() {
        return handlings.values().stream()
                .filter(it -> it.ended() != Long.MAX_VALUE)
                .toList();
    }

    /** What happened so far. */
    public synchronized BrokerHistory history() {
        return new BrokerHistory(
                new ArrayList<>(produces.values()),
                new ArrayList<>(handlings.values()),
                new ArrayList<>(subscribers.values()),
                closing,
                closed);
    }
}
