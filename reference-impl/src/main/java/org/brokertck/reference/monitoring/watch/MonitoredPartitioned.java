package org.brokertck.reference.monitoring.watch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
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
import org.jspecify.annotations.Nullable;

/** A partitioned broker that tells a monitor what happens in its topics. What is produced the broker counts itself. */
final class MonitoredPartitioned implements PartitionedBroker {
    private final PartitionedBroker broker;
    private final PartitionedConfig config;
    private final BrokerWatch watch;
    private final TopicMeters meters;

    MonitoredPartitioned(PartitionedBroker broker, PartitionedConfig config, BrokerWatch watch) {
        this.broker = broker;
        this.config = config;
        this.watch = watch;
        this.meters = new TopicMeters(watch, broker::metrics);
        watch.add(meters);
    }

    @Override
    public String name() {
        return broker.name();
    }

    @Override
    public void createTopic(String topic, int partitions) {
        broker.createTopic(topic, partitions);
        watch.changed();
    }

    /** As the broker does it, which may do without the message that it would otherwise be wrapped into. */
    @Override
    public Position produce(String topic, @Nullable String key, byte[] value) {
        Position position = broker.produce(topic, key, value);
        watch.changed();
        return position;
    }

    @Override
    public Position produce(String topic, KeyedMessage message) {
        Position position = broker.produce(topic, message);
        watch.changed();
        return position;
    }

    @Override
    public CompletableFuture<Position> produceAsync(String topic, KeyedMessage message) {
        CompletableFuture<Position> future = broker.produceAsync(topic, message);
        watch.changed();
        return future;
    }

    @Override
    public List<Position> produceBatch(String topic, List<KeyedMessage> messages) {
        List<Position> positions = broker.produceBatch(topic, messages);
        watch.changed();
        return positions;
    }

    @Override
    public GroupMember subscribe(String topic, String group, RecordHandler handler) {
        return broker.subscribe(topic, group, watched(topic, group, handler, config.startFrom()));
    }

    @Override
    public GroupMember subscribe(String topic, String group, RecordHandler handler, StartFrom startFrom) {
        return broker.subscribe(topic, group, watched(topic, group, handler, startFrom), startFrom);
    }

    private RecordHandler watched(String topic, String group, RecordHandler handler, StartFrom startFrom) {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(startFrom, "startFrom");
        return new WatchedAttempts(handler, meters.lanes(topic, group, startFrom), config.deliveryLimit());
    }

    @Override
    public Map<Integer, Long> committed(String topic, String group) {
        return broker.committed(topic, group);
    }

    @Override
    public List<PartitionRecord> read(String topic, int partition, long from, int limit) {
        return broker.read(topic, partition, from, limit);
    }

    @Override
    public RecordDeadLetters deadLetters(String topic) {
        return broker.deadLetters(topic);
    }

    @Override
    public PartitionedMetrics metrics() {
        return broker.metrics();
    }

    @Override
    public ShutdownReport shutdown(Duration deadline) {
        try {
            return broker.shutdown(deadline);
        } finally {
            watch.remove(meters);
        }
    }

    @Override
    public void close() {
        try {
            broker.close();
        } finally {
            watch.remove(meters);
        }
    }
}
