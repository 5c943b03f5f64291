package org.brokertck.tck.partitioned;

import static org.brokertck.tck.partitioned.BrokerUnderTest.GROUP;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.UnknownTopicException;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.check.partitioned.HandledOnce;
import org.brokertck.tck.check.partitioned.NothingLost;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Topics are created once, with their number of partitions; nobody produces to or subscribes one that is not there. */
public interface TopicRules extends PartitionedRules {
    @Test
    @Verifies("L-1")
    default void creatingATopicAgainChangesNothing() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-1", 3)) {
            broker.subscribe(record -> {});
            broker.produceAll(Records.numbered(6, 6));
            broker.createTopic(BrokerUnderTest.TOPIC, 3);
            broker.produceAll(Records.spread("after-", 6));
            broker.judgeSettled(new NothingLost().and(new HandledOnce()));
            requirePartitions(broker, BrokerUnderTest.TOPIC, 3);
        }
    }

    @Test
    @Verifies("L-1")
    default void aTopicHasAsManyPartitionsAsItWasCreatedWith() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-1", 1)) {
            List<Integer> counts = List.of(1, 2, 7, scaled(PartitionedConfig.MOST_PARTITIONS, 16));
            for (int count : counts) {
                String topic = "topic-of-" + count;
                broker.createTopic(topic, count);
                requirePartitions(broker, topic, count);
                requireRefused(broker, topic, count + 1);
                if (count > 1) {
                    requireRefused(broker, topic, count - 1);
                }
                requirePartitions(broker, topic, count);
            }
        }
    }

    @Test
    @Verifies("L-1")
    default void aTopicWithoutPartitionsIsRefused() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-1", 1)) {
            for (int count :
                    List.of(0, -1, Integer.MIN_VALUE, PartitionedConfig.MOST_PARTITIONS + 1, Integer.MAX_VALUE)) {
                requireRefused(broker, "none", count);
                requireUnknown(broker, "none", Use.PRODUCE);
            }
            broker.createTopic("none", 2);
            requirePartitions(broker, "none", 2);
        }
    }

    @Property
    @Verifies("L-1")
    default void anySequenceOfCreationsKeepsTheFirst(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = -1, max = 5) Integer> counts) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-1", 1)) {
            int created = 0;
            for (int count : counts) {
                if (count >= 1 && (created == 0 || created == count)) {
                    broker.createTopic("topic", count);
                    created = count;
                } else {
                    requireRefused(broker, "topic", count);
                }
                if (created > 0) {
                    requirePartitions(broker, "topic", created);
                }
            }
        }
    }

    private static void requireRefused(BrokerUnderTest broker, String topic, int count) {
        broker.refused(
                IllegalArgumentException.class,
                "createTopic of " + topic + " with " + count + " partitions",
                () -> broker.unrecorded().createTopic(topic, count));
    }

    private static void requirePartitions(BrokerUnderTest broker, String topic, int count) {
        var figures = broker.metrics().of(topic);
        broker.require(
                figures != null && figures.partitions() == count,
                "topic %s was created with %d partitions; its metrics are %s".formatted(topic, count, figures));
    }

    /** What needs a topic. */
    enum Use {
        /** A record. */
        PRODUCE,
        /** A record that nobody waits for. */
        PRODUCE_ASYNC,
        /** A batch. */
        PRODUCE_BATCH,
        /** A batch without records. */
        PRODUCE_NOTHING,
        /** A member. */
        SUBSCRIBE,
        /** A member that says where to start. */
        SUBSCRIBE_FROM,
        /** Where a group stands. */
        COMMITTED(Capability.OFFSETS),
        /** The log. */
        READ(Capability.REPLAY),
        /** What was set aside. */
        DEAD_LETTERS;

        private final List<Capability> needs;

        Use(Capability... needs) {
            this.needs = List.of(needs);
        }

        private boolean isOffered(PartitionedRules tests) {
            return needs.stream().allMatch(tests::claims);
        }

        @SuppressWarnings({"resource", "FutureReturnValueIgnored"}) // nothing is opened where all is refused
        private void of(PartitionedBroker broker, String topic) {
            switch (this) {
                case PRODUCE -> broker.produce(topic, "key", new byte[1]);
                case PRODUCE_ASYNC -> broker.produceAsync(topic, Records.of("key", "async"));
                case PRODUCE_BATCH -> broker.produceBatch(topic, Records.numbered(2, 2));
                case PRODUCE_NOTHING -> broker.produceBatch(topic, List.of());
                case SUBSCRIBE -> broker.subscribe(topic, GROUP, record -> {});
                case SUBSCRIBE_FROM -> broker.subscribe(topic, GROUP, record -> {}, StartFrom.LATEST);
                case COMMITTED -> broker.committed(topic, GROUP);
                case READ -> broker.read(topic, 0, 0, 1);
                case DEAD_LETTERS -> broker.deadLetters(topic);
            }
        }
    }

    @Test
    @Verifies("L-2")
    default void nothingIsDoneWithATopicThatNobodyCreated() {
        unknown(List.of(Use.values()));
    }

    @Property
    @Verifies("L-2")
    default void anyUseOfAnUnknownTopicIsRefusedUntilItIsCreated(@ForAll @Size(min = 1, max = 6) List<Use> uses) {
        unknown(uses);
    }

    private void unknown(List<Use> uses) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-2", 1)) {
            for (Use use : uses) {
                // Those that differ in case or in a character are unknown too.
                for (String topic : List.of(
                        "unknown",
                        BrokerUnderTest.TOPIC.toUpperCase(java.util.Locale.ROOT),
                        BrokerUnderTest.TOPIC + "-0")) {
                    requireUnknown(broker, topic, use);
                }
            }
            broker.require(
                    broker.metrics().topics().keySet().equals(java.util.Set.of(BrokerUnderTest.TOPIC)),
                    "calls that named unknown topics left these topics: "
                            + broker.metrics().topics().keySet());
            broker.createTopic("unknown", 2);
            broker.subscribe("unknown", GROUP, record -> {});
            broker.produce("unknown", Records.of("key", "known"));
            broker.judgeSettled(new NothingLost());
        }
    }

    private void requireUnknown(BrokerUnderTest broker, String topic, Use use) {
        if (!use.isOffered(this)) {
            return;
        }
        UnknownTopicException refusal = broker.refused(
                UnknownTopicException.class,
                use + " of the unknown topic " + topic,
                () -> use.of(broker.unrecorded(), topic));
        broker.require(
                String.valueOf(refusal.getMessage()).contains(topic),
                "the refusal of %s does not name the topic %s: %s".formatted(use, topic, refusal));
    }
}
