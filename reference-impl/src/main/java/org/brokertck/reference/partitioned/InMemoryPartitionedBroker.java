package org.brokertck.reference.partitioned;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.brokertck.api.partitioned.GroupMember;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.PartitionedMetrics;
import org.brokertck.api.partitioned.Position;
import org.brokertck.api.partitioned.RecordDeadLetters;
import org.brokertck.api.partitioned.RecordHandler;
import org.brokertck.api.partitioned.ShutdownReport;
import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.api.target.Limits;
import org.brokertck.reference.internal.RetryDelays;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The reference partitioned broker: in memory, bounded, on any {@link TimeSource}. Each opened broker is one of its own, whatever
 * its name, and its records go with it.
 *
 * <p>Where the contract leaves a choice, this one is made. Producers that find no room give way to the readers for a moment, and
 * are then served in the order in which they came. Without a group nobody waits: the oldest record makes room for the newest. A
 * produce that waits for its batch waits however long the linger is; the produce timeout is for the wait for room. Futures
 * complete on a thread of their own. A record without a key goes to the partition whose turn it is. An attempt that ends because
 * its member was cut off counts for nothing. A close leaves handlers that ignore their interrupt behind after a fifth of a second
 * of real time.
 */
public final class InMemoryPartitionedBroker implements PartitionedBroker {
    /** Any handler that outlives a year of waiting is left behind. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(365);

    private final Surroundings around;
    private final Membership membership;
    private final Topics topics;
    private final Production production;
    private final @Nullable SystemTimeSource ownTime;

    /** @param ownTime ends with the broker; null when the time is someone else's */
    private InMemoryPartitionedBroker(
            Surroundings around, Topics topics, Limits limits, @Nullable SystemTimeSource ownTime) {
        this.around = around;
        this.ownTime = ownTime;
        this.topics = topics;
        this.membership = new Membership(around, this::ended);
        this.production = new Production(around, limits);
    }

    /** Opens a broker on the system's time, with {@link Limits#DEFAULT}. */
    public static InMemoryPartitionedBroker open(String name, PartitionedConfig config) {
        return builder(name).config(config).open();
    }

    /** Opens a broker on the time given, with {@link Limits#DEFAULT}. The time source outlives the broker. */
    public static InMemoryPartitionedBroker open(String name, PartitionedConfig config, TimeSource time) {
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
        return around.name();
    }

    @Override
    public void createTopic(String topic, int partitions) {
        topics.create(topic, partitions, membership);
    }

    @Override
    public Position produce(String topic, @Nullable String key, byte[] value) {
        Objects.requireNonNull(value, "value");
        return production.produce(topics.find(topic, membership), key, value);
    }

    @Override
    public Position produce(String topic, KeyedMessage message) {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(message, "message");
        return production.produce(topics.find(topic, membership), message);
    }

    @Override
    public CompletableFuture<Position> produceAsync(String topic, KeyedMessage message) {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(message, "message");
        return production.produceAsync(topics.find(topic, membership), message);
    }

    @Override
    public List<Position> produceBatch(String topic, List<KeyedMessage> messages) {
        Objects.requireNonNull(topic, "topic");
        // A copy first, so that what is checked is what is appended.
        List<KeyedMessage> batch = new ArrayList<>(Objects.requireNonNull(messages, "messages"));
        batch.forEach(message -> Objects.requireNonNull(message, "one of the messages"));
        Topic to = topics.find(topic, membership);
        membership.requireOpen();
        return production.produceBatch(to, batch);
    }

    @Override
    public GroupMember subscribe(String topic, String group, RecordHandler handler) {
        return subscribe(topic, group, handler, around.config().startFrom());
    }

    @Override
    public GroupMember subscribe(String topic, String group, RecordHandler handler, StartFrom startFrom) {
        Topics.requireName("topic", topic);
        Topics.requireName("group", group);
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(startFrom, "startFrom");
        return membership.whileOpen(() -> topics.find(topic, membership)
                .group(group, startFrom, membership)
                .join(handler));
    }

    @Override
    public Map<Integer, Long> committed(String topic, String group) {
        Objects.requireNonNull(group, "group");
        return find(topic).committed(group);
    }

    @Override
    public List<PartitionRecord> read(String topic, int partition, long from, int limit) {
        Partition source = find(topic).partition(partition);
        if (from < 0) {
            throw new IllegalArgumentException("from is " + from + ": offsets count from 0");
        }
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + ": it must be 1 or more");
        }
        return source.read(from, limit);
    }

    @Override
    public RecordDeadLetters deadLetters(String topic) {
        return find(topic).parked();
    }

    @Override
    public PartitionedMetrics metrics() {
        return new Gauges(around, topics).metrics();
    }

    @Override
    public ShutdownReport shutdown(Duration deadline) {
        if (Objects.requireNonNull(deadline, "deadline").isNegative()) {
            throw new IllegalArgumentException("deadline is " + deadline + ": it must be 0 or more");
        }
        membership.close(
                deadline.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : deadline,
                () -> topics.all().forEach(Topic::close));
        if (membership.includesCurrentThread() || around.completions().isCurrentThread()) {
            return ShutdownReport.CLEAN;
        }
        try {
            return membership.awaitEnd();
        } finally {
            around.completions().awaitEnd();
            if (ownTime != null) {
                ownTime.close();
            }
        }
    }

    @Override
    public void close() {
        shutdown(around.config().drainTimeout());
    }

    private Topic find(String topic) {
        Objects.requireNonNull(topic, "topic");
        membership.requireOpen();
        return topics.find(topic, membership);
    }

    /** Under the lock of the groups. */
    private void ended() {
        topics.all().forEach(Topic::dropRetries);
        around.completions().shutdown();
        if (ownTime != null) {
            ownTime.shutdown();
        }
    }

    /** Opens an {@link InMemoryPartitionedBroker}; each setter names its default. */
    public static final class Builder {
        private final String name;
        private PartitionedConfig config = PartitionedConfig.defaults();
        private Limits limits = Limits.DEFAULT;
        private @Nullable TimeSource time;
        private Random random = new Random();

        private Builder(String name) {
            if (Objects.requireNonNull(name, "name").isBlank()) {
                throw new IllegalArgumentException("name is blank: give the broker a name");
            }
            this.name = name;
        }

        /** Default: {@link PartitionedConfig#defaults()}. */
        public Builder config(PartitionedConfig config) {
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

        /** What the jitter's random numbers grow from, to have the same ones in each run. Default: a new one each time. */
        public Builder seed(long seed) {
            this.random = new Random(seed);
            return this;
        }

        /** Opens the broker. */
        public InMemoryPartitionedBroker open() {
            SystemTimeSource ownTime = time == null ? new SystemTimeSource("brokertck-" + name + "-timer") : null;
            TimeSource its = ownTime == null ? Objects.requireNonNull(time) : ownTime;
            Map<String, Topic> topics = new ConcurrentHashMap<>();
            LongAdder failedProduces = new LongAdder();
            Surroundings around = new Surroundings(
                    name,
                    config,
                    its,
                    new RetryDelays(config.backoff(), random),
                    new Completions("brokertck-" + name + "-futures"),
                    failedProduces,
                    new Rates(config.rateWindow(), its, () -> Totals.of(topics.values(), failedProduces.sum())),
                    new Latencies());
            return new InMemoryPartitionedBroker(around, new Topics(around, topics), limits, ownTime);
        }
    }
}
