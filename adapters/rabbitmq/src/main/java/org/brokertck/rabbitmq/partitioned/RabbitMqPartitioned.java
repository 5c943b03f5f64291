package org.brokertck.rabbitmq.partitioned;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.brokertck.adapter.partitioned.Lease;
import org.brokertck.adapter.partitioned.LogNames;
import org.brokertck.api.BrokerUnavailableException;
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
import org.brokertck.rabbitmq.connection.Connector;

/** One open partitioned broker: puts its parts together and passes the calls on to them. */
public final class RabbitMqPartitioned implements PartitionedBroker {
    private final LogParts parts;
    private final Topics topics;
    private final Sender sender;
    private final Producer producer;
    private final Presence presence;
    private final Coordinator coordinator;
    private final LogReader reader;
    private final LogShutdown shutdown;

    private RabbitMqPartitioned(
            Connector connector,
            StreamNames names,
            PartitionedConfig config,
            Consumer<? super RabbitMqPartitioned> onClosed) {
        Lease lease = new Lease(Presence.LEASE);
        lease.renew(System.nanoTime());
        this.parts = new LogParts(connector, names, config, this::onFact);
        this.topics = new Topics(parts);
        Outbox outbox = new Outbox(config.batchSize(), config.linger());
        this.sender = new Sender(parts, outbox);
        Tails tails = new Tails(parts, sender);
        this.producer = new Producer(parts, topics, tails, outbox, sender);
        this.presence = new Presence(parts, lease);
        this.coordinator = new Coordinator(parts, sender, lease);
        this.reader = new LogReader(parts);
        this.shutdown =
                new LogShutdown(parts, outbox, sender, tails, presence, coordinator, () -> onClosed.accept(this));
    }

    /**
     * Opens a broker, and makes its journal on the server where there is none of that name.
     *
     * @param onClosed is told of this broker when it is closed
     * @throws IllegalArgumentException when the name is not valid
     * @throws BrokerUnavailableException when the server cannot be reached, or has a queue of that name of another kind
     */
    public static RabbitMqPartitioned open(
            Connector connector,
            String name,
            PartitionedConfig config,
            Consumer<? super RabbitMqPartitioned> onClosed) {
        StreamNames names = new StreamNames(name);
        Objects.requireNonNull(config, "config");
        RabbitMqPartitioned broker = new RabbitMqPartitioned(connector, names, config, onClosed);
        boolean opened = false;
        try {
            broker.start(connector.answerTimeout());
            opened = true;
            return broker;
        } finally {
            if (!opened) {
                ShutdownReport unused = broker.shutdown(Duration.ZERO);
            }
        }
    }

    private void start(Duration patience) {
        parts.desk.awaitServer();
        boolean unused = parts.desk.ask(channel -> {
            parts.journal.declare(channel);
            return true;
        });
        parts.feeder.loop().start();
        parts.journal.start();
        sender.start();
        parts.journal.catchUp(patience);
        presence.loop().start();
        presence.loop().ask();
        coordinator.loop().start();
    }

    /**
     * Deletes all that the server keeps of a broker, whose instances must be closed.
     *
     * @throws IllegalArgumentException when the name is not valid
     * @throws BrokerUnavailableException when the server cannot be reached, or refuses
     */
    public static void remove(Connector connector, String name) {
        Removal.remove(connector, new StreamNames(name));
    }

    @Override
    public String name() {
        return parts.names.broker();
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
        return subscribe(topic, group, handler, parts.config.startFrom());
    }

    @Override
    public GroupMember subscribe(String topic, String group, RecordHandler handler, StartFrom startFrom) {
        LogNames.require("topic", topic);
        LogNames.require("group", group);
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(startFrom, "startFrom");
        parts.requireOpen();
        int unused = topics.partitionsOf(topic);
        Member member = coordinator.join(new GroupName(topic, group), handler, startFrom);
        if (parts.isClosing()) {
            // The shutdown may have looked for members before this one was there.
            member.beginLeaving();
            throw parts.closed();
        }
        return member;
    }

    @Override
    public Map<Integer, Long> committed(String topic, String group) {
        LogNames.require("topic", topic);
        LogNames.require("group", group);
        parts.requireOpen();
        int unused = topics.partitionsOf(topic);
        parts.journal.sync(parts.patience());
        return parts.journal.state().committed(new GroupName(topic, group));
    }

    @Override
    public List<PartitionRecord> read(String topic, int partition, long from, int limit) {
        LogNames.require("topic", topic);
        requireAtLeast("from", from, 0);
        requireAtLeast("limit", limit, 1);
        parts.requireOpen();
        int partitions = topics.partitionsOf(topic);
        if (partition < 0 || partition >= partitions) {
            throw new IllegalArgumentException(
                    "partition is " + partition + ": topic '" + topic + "' has those from 0 to " + (partitions - 1));
        }
        return reader.read(topic, partition, from, limit);
    }

    @Override
    public RecordDeadLetters deadLetters(String topic) {
        LogNames.require("topic", topic);
        parts.requireOpen();
        int unused = topics.partitionsOf(topic);
        return new DeadLetters(parts, reader, topic);
    }

    @Override
    public PartitionedMetrics metrics() {
        return parts.figures.sample(parts.openConnections());
    }

    @Override
    public ShutdownReport shutdown(Duration deadline) {
        return shutdown.shutdown(deadline);
    }

    @Override
    public void close() {
        ShutdownReport unused = shutdown(parts.config.drainTimeout());
    }

    private void onFact(Fact fact) {
        coordinator.onFact(fact);
    }

    private static void requireAtLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ": it must be " + least + " or more");
        }
    }
}
