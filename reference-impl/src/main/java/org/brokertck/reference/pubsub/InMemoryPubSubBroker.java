package org.brokertck.reference.pubsub;

import java.util.List;
import java.util.Objects;
import org.brokertck.api.ClosedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.pubsub.PubSubMetrics;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.api.target.Limits;
import org.brokertck.reference.internal.SizeCheck;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The reference publish/subscribe broker: in memory, on any {@link TimeSource}. Each opened broker is one of its own, whatever its
 * name.
 *
 * <p>Publishers meet in nothing but the buffers that they write to. A publish reaches the subscriptions that there are at one moment
 * between its call and its return.
 */
public final class InMemoryPubSubBroker implements PubSubBroker {
    private final String name;
    private final PubSubConfig config;
    private final SizeCheck sizes;
    private final TimeSource time;
    private final @Nullable SystemTimeSource ownTime;
    private final TopicRouter<InMemorySubscription> router = new TopicRouter<>();
    private final TopicCounters counters;
    private volatile boolean closed;

    /** @param ownTime ends with the broker; null when the time is someone else's */
    private InMemoryPubSubBroker(Builder builder, TimeSource time, @Nullable SystemTimeSource ownTime) {
        this.name = builder.name;
        this.config = builder.config;
        this.sizes = new SizeCheck(builder.limits);
        this.counters = new TopicCounters(config.countedTopics());
        this.time = time;
        this.ownTime = ownTime;
    }

    /** Opens a broker on the system's time, with {@link Limits#DEFAULT}. */
    public static InMemoryPubSubBroker open(String name, PubSubConfig config) {
        return builder(name).config(config).open();
    }

    /** Opens a broker on the time given, with {@link Limits#DEFAULT}. The time source outlives the broker. */
    public static InMemoryPubSubBroker open(String name, PubSubConfig config, TimeSource time) {
        return builder(name).config(config).time(time).open();
    }

    /**
     * A builder with all defaults.
     *
     * @param name not blank
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Subscription subscribe(String topic) {
        return subscribeWithPattern(TopicPattern.requireTopic(topic));
    }

    @Override
    public Subscription subscribeWithPattern(String pattern) {
        InMemorySubscription subscription =
                new InMemorySubscription(TopicPattern.of(pattern), config, time, this::remove);
        requireOpen();
        router.add(subscription.topicPattern(), subscription);
        if (closed) {
            // Whoever closes may have looked for subscriptions before this one was there.
            subscription.end(EndReason.BROKER_CLOSED);
        }
        requireOpen();
        subscription.watch();
        return subscription;
    }

    @Override
    public void publish(String topic, Message message) {
        TopicPattern.requireTopic(topic);
        sizes.check(Objects.requireNonNull(message, "message"));
        requireOpen();
        TopicCounter counter = counters.of(topic);
        counter.published();
        List<InMemorySubscription> reached = router.match(topic);
        if (!reached.isEmpty()) {
            Copy copy = new Copy(withTopic(topic, message), counter);
            reached.forEach(it -> it.offer(copy));
        }
    }

    @Override
    public void unsubscribe(String topic) {
        TopicPattern pattern = TopicPattern.of(Objects.requireNonNull(topic, "topic"));
        requireOpen();
        router.subscriptions().subscribers(pattern).stream()
                .filter(it -> it.pattern().equals(topic))
                .forEach(it -> it.end(EndReason.UNSUBSCRIBED));
    }

    @Override
    public PubSubMetrics metrics() {
        return counters.snapshot(router.subscriptions().size());
    }

    @Override
    public void close() {
        closed = true;
        router.subscriptions().subscribers().forEach(it -> it.end(EndReason.BROKER_CLOSED));
        if (ownTime != null) {
            ownTime.close();
        }
    }

    private void remove(InMemorySubscription subscription) {
        router.remove(subscription.topicPattern(), subscription);
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedException("Broker '" + name + "' is closed: open a new one");
        }
    }

    private static Message withTopic(String topic, Message message) {
        return message.topic().equals(topic)
                ? message
                : message.toBuilder().topic(topic).build();
    }

    /** Opens an {@link InMemoryPubSubBroker}; each setter names its default. */
    public static final class Builder {
        private final String name;
        private PubSubConfig config = PubSubConfig.defaults();
        private Limits limits = Limits.DEFAULT;
        private @Nullable TimeSource time;

        private Builder(String name) {
            if (Objects.requireNonNull(name, "name").isBlank()) {
                throw new IllegalArgumentException("name is blank: give the broker a name");
            }
            this.name = name;
        }

        /** Default: {@link PubSubConfig#defaults()}. */
        public Builder config(PubSubConfig config) {
            this.config = Objects.requireNonNull(config, "config");
            return this;
        }

        /** Default: {@link Limits#DEFAULT}. */
        public Builder limits(Limits limits) {
            this.limits = Objects.requireNonNull(limits, "limits");
            return this;
        }

        /** Default: the system's time, on a thread that the broker starts when it first needs it, and ends. */
        public Builder time(TimeSource time) {
            this.time = Objects.requireNonNull(time, "time");
            return this;
        }

        /** Opens the broker. */
        public InMemoryPubSubBroker open() {
            if (time != null) {
                return new InMemoryPubSubBroker(this, time, null);
            }
            SystemTimeSource ownTime = new SystemTimeSource("brokertck-" + name + "-timer");
            return new InMemoryPubSubBroker(this, ownTime, ownTime);
        }
    }
}
