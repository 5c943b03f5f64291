package org.brokertck.redis.partitioned;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.brokertck.adapter.partitioned.LogFigures;
import org.brokertck.adapter.partitioned.LogNames;
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
import org.brokertck.redis.connection.Caller;
import org.brokertck.redis.connection.Failures;
import org.brokertck.redis.connection.Lifecycle;
import org.brokertck.redis.connection.RedisAddress;
import org.brokertck.redis.connection.Wire;

/** One open partitioned broker: puts its parts together and passes the calls on to them. */
public final class RedisPartitioned implements PartitionedBroker {
    private static final int MOST_BYTES_READ = 4 << 20;
    private static final int MOST_READ = 1000;

    private final LogParts parts;
    private final LogCalls calls;
    private final Topics topics;
    private final Outbox outbox;
    private final Sender sender;
    private final Producer producer;
    private final Fetcher fetcher;
    private final Committer committer;
    private final Coordinator coordinator;
    private final News news;
    private final LogShutdown shutdown;

    private RedisPartitioned(String name, PartitionedConfig config, RedisAddress address) {
        LogKeys keys = new LogKeys(name);
        long instance = UUID.randomUUID().getMostSignificantBits();
        Wires wires = new Wires(
                address, LogParts.threadName(name, "log"), config.maxConnections(), this::pushed, this::subscribe);
        this.parts = new LogParts(
                name,
                instance,
                config,
                new LogServer(keys, Long.toHexString(instance)),
                new GroupServer(keys),
                wires,
                new LogFigures(config.rateWindow()),
                new Lifecycle("Partitioned broker '" + name + "'"),
                new Failures(address),
                Executors.newCachedThreadPool(threads(name, "handler")),
                timer(name));
        this.calls = new LogCalls(parts);
        this.topics = new Topics(parts, calls);
        this.outbox = new Outbox(config.batchSize(), config.linger());
        this.sender = new Sender(parts, outbox);
        this.producer = new Producer(parts, calls, topics, outbox);
        this.fetcher = new Fetcher(parts, this::seen);
        this.committer = new Committer(parts);
        this.coordinator = new Coordinator(parts, calls, fetcher, committer);
        this.news = new News(keys, outbox, fetcher, coordinator);
        this.shutdown = new LogShutdown(parts, outbox, sender, fetcher, committer, coordinator);
    }

    /**
     * Opens a broker.
     *
     * @throws org.brokertck.api.BrokerUnavailableException when there is no connection; then nothing is left of it
     */
    public static RedisPartitioned open(String name, PartitionedConfig config, RedisAddress address) {
        RedisPartitioned broker = new RedisPartitioned(name, config, address);
        boolean opened = false;
        try {
            Boolean unused = broker.calls.repeatable("open partitioned broker '" + name + "'", (link, time) -> true);
            broker.sender.start();
            broker.fetcher.loop().start();
            broker.committer.loop().start();
            broker.coordinator.loop().start();
            opened = true;
            return broker;
        } finally {
            if (!opened) {
                ShutdownReport unused = broker.shutdown(Duration.ZERO);
            }
        }
    }

    /** Deletes all that the server keeps of a broker. */
    public static void remove(String name, Caller link, Duration timeout) {
        new LogServer(new LogKeys(name), "").removeAll(link, timeout);
    }

    @Override
    public String name() {
        return parts.broker();
    }

    @Override
    public void createTopic(String topic, int partitions) {
        topics.create(topic, partitions);
    }

    @Override
    public Position produce(String topic, KeyedMessage message) {
        return producer.produce(topic, message);
    }

    @Override
    public CompletableFuture<Position> produceAsync(String topic, KeyedMessage message) {
        return producer.produceAsync(topic, message);
    }

    @Override
    public List<Position> produceBatch(String topic, List<KeyedMessage> messages) {
        return producer.produceBatch(topic, messages);
    }

    @Override
    public GroupMember subscribe(String topic, String group, RecordHandler handler) {
        return subscribe(topic, group, handler, parts.config().startFrom());
    }

    @Override
    public GroupMember subscribe(String topic, String group, RecordHandler handler, StartFrom startFrom) {
        LogNames.require("topic", topic);
        LogNames.require("group", group);
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(startFrom, "startFrom");
        parts.lifecycle().requireOpen();
        int unused = topics.partitionsOf(topic);
        Member member = coordinator.join(new GroupName(topic, group), handler, startFrom);
        if (member == null) {
            throw topics.unknown(topic);
        }
        if (parts.lifecycle().isClosing()) {
            // The shutdown may have looked for members before this one was there.
            member.beginLeaving();
            throw parts.lifecycle().closed();
        }
        return member;
    }

    @Override
    public Map<Integer, Long> committed(String topic, String group) {
        LogNames.require("topic", topic);
        LogNames.require("group", group);
        parts.lifecycle().requireOpen();
        int partitions = topics.partitionsOf(topic);
        GroupName name = new GroupName(topic, group);
        return calls.repeatable(
                "look up the commits of " + name,
                (link, time) -> parts.groups().committed(link, time, name, partitions));
    }

    @Override
    public List<PartitionRecord> read(String topic, int partition, long from, int limit) {
        LogNames.require("topic", topic);
        requireAtLeast("from", from, 0);
        requireAtLeast("limit", limit, 1);
        parts.lifecycle().requireOpen();
        int partitions = topics.partitionsOf(topic);
        if (partition < 0 || partition >= partitions) {
            throw new IllegalArgumentException(
                    "partition is " + partition + ": topic '" + topic + "' has those from 0 to " + (partitions - 1));
        }
        Wanted wanted = new Wanted(topic, partition, from, Math.min(limit, MOST_READ));
        List<?> entries = calls.repeatable(
                "read topic '" + topic + "'",
                (link, time) -> Objects.requireNonNull(parts.server()
                        .fetch(link, time, MOST_BYTES_READ, List.of(wanted))
                        .get(0)));
        List<PartitionRecord> records = new ArrayList<>();
        for (Object entry : entries) {
            records.add(Fetcher.decoded(topic, partition, entry).record());
        }
        return records;
    }

    @Override
    public RecordDeadLetters deadLetters(String topic) {
        LogNames.require("topic", topic);
        parts.lifecycle().requireOpen();
        int unused = topics.partitionsOf(topic);
        return new RedisRecordDeadLetters(parts, calls, topic);
    }

    @Override
    public PartitionedMetrics metrics() {
        return parts.figures().sample(parts.wires().open());
    }

    @Override
    public ShutdownReport shutdown(Duration deadline) {
        if (Objects.requireNonNull(deadline, "deadline").isNegative()) {
            throw new IllegalArgumentException("deadline is " + deadline + ": it must be 0 or more");
        }
        return shutdown.shutdown(deadline);
    }

    @Override
    public void close() {
        ShutdownReport unused = shutdown(parts.config().drainTimeout());
    }

    /** Whether the shutdown has begun. */
    public boolean isClosed() {
        return parts.lifecycle().isClosing();
    }

    private void pushed(List<Object> push) {
        news.pushed(push);
    }

    private void subscribe(Wire wire) {
        news.subscribe(wire);
    }

    private void seen(RecordCodec.Origin origin) {
        Pending pending = origin.instance() == parts.instance() ? outbox.unsettled(origin.number()) : null;
        if (pending != null) {
            sender.taken(pending);
        }
    }

    private static void requireAtLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ": it must be " + least + " or more");
        }
    }

    private static ScheduledThreadPoolExecutor timer(String name) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, threads(name, "timer"));
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private static ThreadFactory threads(String name, String what) {
        AtomicInteger numbers = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, LogParts.threadName(name, what + "-" + numbers.incrementAndGet()));
            thread.setDaemon(true);
            return thread;
        };
    }
}
