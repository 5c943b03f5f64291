package org.brokertck.tck.history.pubsub;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.tck.history.pubsub.EndCall.Kind;

/** A subscription whose takes and closing are recorded. */
public final class RecordedSubscription {
    private final String name;
    private final Subscription subscription;
    private final RecordedPubSub recorder;
    private final long subscribing;
    private final long subscribed;
    private final AtomicInteger received = new AtomicInteger();
    private volatile boolean drained;

    RecordedSubscription(
            String name, Subscription subscription, RecordedPubSub recorder, long subscribing, long subscribed) {
        this.name = name;
        this.subscription = subscription;
        this.recorder = recorder;
        this.subscribing = subscribing;
        this.subscribed = subscribed;
    }

    /** Its name in the history. */
    public String name() {
        return name;
    }

    /** The topic or pattern that it was made with. */
    public String pattern() {
        return subscription.pattern();
    }

    /** The subscription itself, for calls that need no record. */
    public Subscription unrecorded() {
        return subscription;
    }

    /** Takes the next message. */
    public Optional<Message> take() {
        return recorded(subscription::take);
    }

    /** Polls for the next message. */
    public Optional<Message> poll(Duration timeout) {
        return recorded(() -> subscription.poll(timeout));
    }

    private Optional<Message> recorded(Supplier<Optional<Message>> take) {
        long invoked = System.nanoTime();
        Optional<Message> message = take.get();
        long returned = System.nanoTime();
        message.ifPresent(it -> {
            recorder.record(new Take(name, it, invoked, returned));
            received.incrementAndGet();
        });
        return message;
    }

    /** How many messages were taken so far. */
    public int received() {
        return received.get();
    }

    /** How many messages it says that it dropped. */
    public long dropped() {
        return subscription.dropped();
    }

    /** How many gaps it says that it had. */
    public long gaps() {
        return subscription.gaps();
    }

    /** Why it says that it ended. */
    public Optional<EndReason> endReason() {
        return subscription.endReason();
    }

    /** Notes that all that was to come has come. */
    public void drained() {
        drained = true;
    }

    /** Closes the subscription. */
    public void close() {
        recorder.end(Kind.CLOSE, name, subscription::close);
    }

    SubscriptionSpan span() {
        return new SubscriptionSpan(name, pattern(), subscribing, subscribed, dropped(), gaps(), endReason(), drained);
    }
}
