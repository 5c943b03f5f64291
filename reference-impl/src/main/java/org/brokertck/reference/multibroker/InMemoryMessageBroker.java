package org.brokertck.reference.multibroker;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.brokertck.api.ClosedException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.api.multibroker.TopicSubscription;
import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.api.target.Limits;
import org.brokertck.reference.internal.SizeCheck;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The reference message broker: in memory, on any {@link TimeSource}. Each opened broker is one of its own, whatever its name.
 *
 * <p>A topic has a lock of its own, under which a message is given to all subscribers or to none; so all of them see a topic's
 * messages in one order. It is degraded while some subscriber has no room, since produces to its topic then wait.
 */
public final class InMemoryMessageBroker implements MessageBroker {
    private final String name;
    private final BrokerConfig config;
    private final SizeCheck sizes;
    private final TimeSource time;
    private final @Nullable SystemTimeSource ownTime;
    private final Map<String, TopicLine> topics = new ConcurrentHashMap<>();
    private final AtomicInteger subscribed = new AtomicInteger();
    private final AtomicInteger alive = new AtomicInteger();
    private final LongAdder failedProduces = new LongAdder();
    private final LongAdder failedHandlers = new LongAdder();
    private volatile boolean closed;

    /** @param ownTime ends with the broker; null when the time is someone else's */
    private InMemoryMessageBroker(Builder builder, TimeSource time, @Nullable SystemTimeSource ownTime) {
        this.name = builder.name;
        this.config = builder.config;
        this.sizes = new SizeCheck(builder.limits);
        this.time = time;
        this.ownTime = ownTime;
    }

    /** Opens a broker on the system's time, with {@link Limits#DEFAULT}. */
    public static InMemoryMessageBroker open(String name, BrokerConfig config) {
        return builder(name).config(config).open();
    }

    /** Opens a broker on the time given, with {@link Limits#DEFAULT}. The time source outlives the broker. */
    public static InMemoryMessageBroker open(String name, BrokerConfig config, TimeSource time) {
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
    public void produce(String topic, Message message) {
        TopicPattern.requireTopic(topic);
        sizes.check(Objects.requireNonNull(message, "message"));
        requireOpen();
        TopicLine line = topics.get(topic);
        if (line == null) {
            return; // Nobody has ever subscribed.
        }
        try {
            line.put(arriving(topic, message));
        } catch (QueueFullException full) {
            failedProduces.increment();
            throw full;
        }
    }

    @Override
    public TopicSubscription subscribe(String topic, MessageHandler handler) {
        TopicPattern.requireTopic(topic);
        Objects.requireNonNull(handler, "handler");
        requireOpen();
        TopicLine line = topics.computeIfAbsent(topic, it -> new TopicLine(name, it, config, time));
        TopicSubscriber subscriber = new TopicSubscriber(
                line,
                message -> handle(handler, message),
                this::subscriberGone,
                "brokertck-" + name + "-subscriber-" + subscribed.incrementAndGet(),
                config.drainTimeout());
        alive.incrementAndGet();
        if (!line.join(subscriber)) {
            subscriberGone();
            throw closedException();
        }
        if (closed) {
            // Whoever closes may have looked for topics before this one was there.
            line.close();
            throw closedException();
        }
        return subscriber;
    }

    @Override
    public HealthStatus health() {
        long start = time.nanoTime();
        Map<String, Object> details = new LinkedHashMap<>();
        Health status = look(details);
        Duration latency = Duration.ofNanos(Math.max(0, time.nanoTime() - start));
        long errors = failedProduces.sum() + failedHandlers.sum();
        return new HealthStatus(status, latency, errors, time.now(), details);
    }

    private Health look(Map<String, Object> details) {
        if (closed) {
            details.put(HealthStatus.CAUSE, "Broker '" + name + "' is closed");
            return Health.UNHEALTHY;
        }
        List<TopicLine> lines = List.copyOf(topics.values());
        long full = lines.stream().filter(TopicLine::isFull).count();
        details.put("subscriptions", lines.stream().mapToLong(TopicLine::size).sum());
        details.put("failedProduces", failedProduces.sum());
        details.put("failedHandlers", failedHandlers.sum());
        if (full > 0) {
            details.put(HealthStatus.CAUSE, full + " topics have a subscriber without room: produces to them wait");
            return Health.DEGRADED;
        }
        return Health.HEALTHY;
    }

    @Override
    public void close() {
        closed = true;
        List<TopicLine> lines = List.copyOf(topics.values());
        List<TopicSubscriber> ended =
                lines.stream().flatMap(it -> it.close().stream()).toList();
        if (ended.stream().anyMatch(TopicSubscriber::isCurrentThread)) {
            return; // A handler cannot wait for itself; what is left ends by its own alarm.
        }
        Closing.awaitAll(ended, "broker '" + name + "'");
        if (ownTime != null) {
            ownTime.close();
        }
    }

    /** Whatever is thrown, Errors included, is counted and ends nothing (rule G-12). */
    private void handle(MessageHandler handler, Message message) {
        try {
            handler.handle(message);
        } catch (Throwable failure) {
            failedHandlers.increment();
        }
    }

    /** The last one of a closed broker sees that the timer goes too, in case the close could not wait for it. */
    private void subscriberGone() {
        if (alive.decrementAndGet() == 0 && closed && ownTime != null) {
            ownTime.shutdown();
        }
    }

    private static Message arriving(String topic, Message message) {
        return message.topic().equals(topic) && message.retries() == 0
                ? message
                : message.toBuilder().topic(topic).retries(0).build();
    }

    private void requireOpen() {
        if (closed) {
            throw closedException();
        }
    }

    private ClosedException closedException() {
        return TopicLine.closed(name);
    }

    /** Opens an {@link InMemoryMessageBroker}; each setter names its default. */
    public static final class Builder {
        private final String name;
        private BrokerConfig config = BrokerConfig.defaults();
        private Limits limits = Limits.DEFAULT;
        private @Nullable TimeSource time;

        private Builder(String name) {
            if (Objects.requireNonNull(name, "name").isBlank()) {
                throw new IllegalArgumentException("name is blank: give the broker a name");
            }
            this.name = name;
        }

        /** Default: {@link BrokerConfig#defaults()}. */
        public Builder config(BrokerConfig config) {
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
        public InMemoryMessageBroker open() {
            if (time != null) {
                return new InMemoryMessageBroker(this, time, null);
            }
            SystemTimeSource ownTime = new SystemTimeSource("brokertck-" + name + "-timer");
            return new InMemoryMessageBroker(this, ownTime, ownTime);
        }
    }
}
