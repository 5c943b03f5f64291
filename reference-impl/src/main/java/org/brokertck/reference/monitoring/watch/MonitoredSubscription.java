package org.brokertck.reference.monitoring.watch;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.api.pubsub.Subscription;

/** A subscription whose takes are watched. */
final class MonitoredSubscription implements Subscription {
    private final Subscription subscription;
    private final CopyMeters meters;
    /** Several threads may take; that counts are lost then does not matter, as it only picks whose age is looked at. */
    private int number;

    MonitoredSubscription(Subscription subscription, CopyMeters meters) {
        this.subscription = subscription;
        this.meters = meters;
    }

    @Override
    public String pattern() {
        return subscription.pattern();
    }

    @Override
    public Optional<Message> take() {
        return taken(subscription.take());
    }

    @Override
    public Optional<Message> poll(Duration timeout) {
        return taken(subscription.poll(timeout));
    }

    private Optional<Message> taken(Optional<Message> message) {
        if (message.isPresent()) {
            meters.taken(number++, message.get());
        }
        return message;
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
