package org.brokertck.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Objects;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubMetrics;
import org.brokertck.api.pubsub.Subscription;

/** A publish/subscribe broker whose messages are traced. */
final class TracedPubSub implements PubSubBroker {
    private final PubSubBroker broker;
    private final HeaderContext headers;
    private final Spans spans;

    TracedPubSub(PubSubBroker broker, HeaderContext headers, Spans spans) {
        this.broker = broker;
        this.headers = headers;
        this.spans = spans;
    }

    @Override
    public String name() {
        return broker.name();
    }

    @Override
    public Subscription subscribe(String topic) {
        return new TracedSubscription(broker.subscribe(topic), spans);
    }

    @Override
    public Subscription subscribeWithPattern(String pattern) {
        return new TracedSubscription(broker.subscribeWithPattern(pattern), spans);
    }

    @Override
    public void publish(String topic, Message message) {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(message, "message");
        Span span = spans.send("publish", topic, message.headers())
                .setAttribute(Conventions.MESSAGE_ID, message.id())
                .setAttribute(Conventions.BODY_SIZE, (long) message.payloadSize())
                .startSpan();
        try (Scope scope = span.makeCurrent()) {
            broker.publish(topic, TracedMessages.with(message, headers.inject(Context.current(), message.headers())));
        } catch (Throwable failure) {
            Spans.failed(span, failure);
            throw failure;
        } finally {
            span.end();
        }
    }

    @Override
    public void unsubscribe(String topic) {
        broker.unsubscribe(topic);
    }

    @Override
    public PubSubMetrics metrics() {
        return broker.metrics();
    }

    @Override
    public void close() {
        broker.close();
    }
}
