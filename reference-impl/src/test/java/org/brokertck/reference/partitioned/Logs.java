package org.brokertck.reference.partitioned;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.TopicMetrics;

/** What the tests of the partitioned broker share. */
final class Logs {
    static final String TOPIC = "orders";
    static final String GROUP = "billing";

    private Logs() {}

    static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(1));
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static String text(PartitionRecord record) {
        return new String(record.value(), UTF_8);
    }

    /** A broker with the topic. */
    static InMemoryPartitionedBroker open(PartitionedConfig config, int partitions) {
        InMemoryPartitionedBroker broker = InMemoryPartitionedBroker.open("test", config);
        broker.createTopic(TOPIC, partitions);
        return broker;
    }

    static void produce(PartitionedBroker broker, String... values) {
        for (String value : values) {
            broker.produce(TOPIC, "key", bytes(value));
        }
    }

    static TopicMetrics topicMetrics(PartitionedBroker broker) {
        return Objects.requireNonNull(broker.metrics().topics().get(TOPIC));
    }

    /** Over all partitions. */
    static long committed(PartitionedBroker broker, String group) {
        return broker.committed(TOPIC, group).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    static <T> List<T> list() {
        return Collections.synchronizedList(new ArrayList<>());
    }
}
