package org.brokertck.telemetry;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.api.pubsub.Subscription;

/** A subscription that writes a span for each message that is taken; the message keeps its context, for its taker. */
final class TracedSubscription implements Subscription {
    private final Subscription subscription;
    private final Spans spans;

    TracedSubscription(Subscription subscription, Spans spans) {
        this.subscription = subscription;
        this.spans = spans;
    }

    @Override
    public String pattern() {
        return subscription.pattern();
    }

    @Override
    public Optional<Message> take() {
        Optional<Message> taken = subscription.take();
        taken.ifPresent(this::received);
        return taken;
    }

    @Override
    public Optional<Message> poll(Duration timeout) {
        Optional<Message> taken = subscription.poll(timeout);
        taken.ifPresent(this::received);
        return taken;
    }

    private void received(Message message) {
        spans.receive(message.topic(), message.headers())
                .setAttribute(Conventions.SUBSCRIPTION, pattern())
                .setAttribute(Conventions.MESSAGE_ID, message.id())
                .setAttribute(Conventions.BODY_SIZE, (long) message.payloadSize())
                .startSpan()
                .end();
    }

    @Override
    public long dropped() {
        return subscription.dropped();
    }

    @Override
    public long gaps() {
        return subscription.gaps();
    }

    @Override
    public Optional<EndReason> endReason() {
        return subscription.endReason();
    }

    @Override
    public CompletionStage<EndReason> ended() {
        return subscription.ended();
    }

    @Override
    public void close() {
        subscription.close();
    }
}
