package org.brokertck.api.pubsub;

import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.brokertck.api.message.Message;

/** A {@link Subscription} as a reactive stream, for one subscriber. */
final class SubscriptionPublisher implements Flow.Publisher<Message> {
    private final Subscription messages;
    private final AtomicBoolean taken = new AtomicBoolean();

    SubscriptionPublisher(Subscription messages) {
        this.messages = messages;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Message> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        if (taken.compareAndSet(false, true)) {
            MessageStream.start(messages, subscriber);
        } else {
            subscriber.onSubscribe(Refused.INSTANCE);
            subscriber.onError(new IllegalStateException("The subscription to '" + messages.pattern()
                    + "' has a subscriber already: subscribe once for each"));
        }
    }

    /** What a subscriber that is refused is given, since a stream must begin with one. */
    private enum Refused implements Flow.Subscription {
        INSTANCE;

        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }
}
