package org.brokertck.tck.partitioned;

import static org.brokertck.tck.partitioned.BrokerUnderTest.GROUP;
import static org.brokertck.tck.partitioned.BrokerUnderTest.TOPIC;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.tck.check.partitioned.HandledOnce;
import org.brokertck.tck.check.partitioned.KeysInOrder;
import org.brokertck.tck.check.partitioned.NothingInvented;
import org.brokertck.tck.check.partitioned.NothingLost;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.partitioned.PartitionedWorkload;
import org.brokertck.tck.workload.partitioned.PartitionedWorkloads;
import org.junit.jupiter.api.Test;

/** Each group receives every record, once, and those of a key in order. */
public interface GroupDeliveryRules extends PartitionedRules {
    @Test
    @Verifies("L-6")
    default void eachGroupSeesTheRecordsOfAKeyInProduceOrder() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-6", 3)) {
            for (int i = 0; i < 3; i++) {
                broker.subscribe(GROUP, record -> dawdle());
            }
            broker.subscribe("shipping", record -> {});
            List<Running<Boolean>> producers = IntStream.range(0, 3)
                    .mapToObj(p -> Bounded.startRun("producer-" + p, () -> produceInOrder(broker, "p" + p)))
                    .toList();
            producers.forEach(it -> broker.join("produce in order", it));
            broker.judgeSettled(new KeysInOrder());
        }
    }

    private static void produceInOrder(BrokerUnderTest broker, String producer) {
        for (int i = 0; i < 20; i++) {
            String key = "key-" + i % 4;
            broker.recorded().produce(producer, TOPIC, Records.of(key, producer + "-" + i + "-waiting"));
            for (int k = 0; k < 3; k++) {
                broker.recorded().produceAsync(producer, TOPIC, Records.of(key, producer + "-" + i + "-async-" + k));
            }
            broker.recorded().produceBatch(producer, TOPIC, Records.ofKey(key, producer + "-" + i + "-batch-", 3));
        }
    }

    private static void dawdle() {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(200_000));
    }

    /** A producer that waits for a server that takes its records from several connections may see them overtake each other. */
    @Test
    @Verifies("L-6")
    default void recordsOfOneThreadKeepTheirOrderWithoutWaiting() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-6", 4)) {
            broker.subscribe(record -> {});
            broker.run(
                    "produce without waiting",
                    () -> IntStream.range(0, 500)
                            .forEach(i -> broker.recorded()
                                    .produceAsync("main", TOPIC, Records.of("key-" + i % 7, "r-" + i))));
            broker.judgeSettled(new KeysInOrder());
        }
    }

    /** Several batches of a partition wait at once, beside those of others. */
    @Test
    @Verifies("L-6")
    default void recordsThatLingerKeepTheirOrderOverManyBatches() {
        PartitionedConfig config =
                config().linger(timeouts().quiet().dividedBy(3)).batchSize(5).build();
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-6", 4, config)) {
            broker.subscribe(record -> {});
            broker.run(
                    "produce without waiting",
                    () -> IntStream.range(0, 203)
                            .forEach(i -> broker.recorded()
                                    .produceAsync("main", TOPIC, Records.of("key-" + i % 7, "r-" + i))));
            broker.judgeSettled(new KeysInOrder());
        }
    }

    @Property
    @Verifies("L-6")
    default void whateverHappensToMembersKeysKeepTheirOrder(
            @ForAll(supplier = PartitionedWorkloads.ComingAndGoing.class) PartitionedWorkload workload) {
        PartitionedDriver.judge(this, "L-6", workload, new KeysInOrder());
    }

    @Test
    @Verifies("L-7")
    default void everyGroupReceivesEveryRecordOnce() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-7", 4)) {
            for (String group : List.of("a", "b", "B", "a.b", "a-0")) {
                IntStream.range(0, group.length()).forEach(i -> broker.subscribe(group, record -> {}));
            }
            broker.produceAll(Records.numbered(40, 10));
            broker.produceBatch(Records.spread("batch-", 10));
            IntStream.range(0, 10).forEach(i -> broker.produce(Records.of(null, "no-key-" + i)));
            broker.judgeSettled(new NothingLost().and(new HandledOnce()).and(new NothingInvented()));
            requireNothingMore(broker);
        }
    }

    /** However long a handler takes, nobody is given its record meanwhile, nor when it has ended well. */
    @Test
    @Verifies("L-7")
    default void aRecordIsHandledOnceHoweverLongItsHandlerTakes() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-7", 2)) {
            RecordGate gate = new RecordGate(timeouts().await());
            broker.subscribe(gate);
            broker.subscribe(record -> {});
            broker.produceAll(Records.numbered(6, 3));
            broker.stays(() -> gate.inside() <= 1);
            gate.open();
            broker.judgeSettled(new NothingLost().and(new HandledOnce()));
        }
    }

    /** The names of helpers that an implementation may make of a topic's name are names of topics as well. */
    @Test
    @Verifies("L-7")
    default void topicsWhoseNamesContainEachOtherAreApart() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-7", 2)) {
            List<String> topics = List.of(
                    TOPIC + "-0",
                    TOPIC + ".0",
                    TOPIC + "_0",
                    TOPIC + ".dlq",
                    TOPIC + "-dead",
                    TOPIC + ".billing",
                    "Orders",
                    "o");
            topics.forEach(it -> broker.createTopic(it, 2));
            broker.subscribe(TOPIC, GROUP, record -> {});
            topics.forEach(it -> broker.subscribe(it, GROUP, record -> {}));
            broker.produceAll(Records.spread("r-", 6));
            for (String topic : topics) {
                IntStream.range(0, 6).forEach(i -> broker.produce(topic, Records.of("key-" + i, topic + "/" + i)));
            }
            broker.judgeSettled(new NothingLost().and(new HandledOnce()).and(new NothingInvented()));
            requireNothingMore(broker);
        }
    }

    @Test
    @Verifies("L-7")
    default void aGroupReceivesWhatIsProducedOnceItIsSubscribed() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-7", 4)) {
            for (int i = 0; i < 10; i++) {
                broker.subscribe("group-" + i, record -> {});
                broker.produceAll(Records.spread("after-group-" + i + "-", 4));
            }
            broker.judgeSettled(new NothingLost().and(new HandledOnce()));
        }
    }

    @Property
    @Verifies("L-7")
    default void everyGroupReceivesEveryRecordWhateverHappensToItsMembers(
            @ForAll(supplier = PartitionedWorkloads.ComingAndGoing.class) PartitionedWorkload workload) {
        PartitionedDriver.judge(this, "L-7", workload, new NothingLost().and(new HandledOnce()));
    }

    @Property
    @Verifies("L-7")
    default void groupsOfAnySizeReceiveEveryRecordOnce(
            @ForAll @IntRange(min = 1, max = 4) int groups,
            @ForAll @IntRange(min = 1, max = 6) int members,
            @ForAll @IntRange(min = 1, max = 8) int partitions) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-7", partitions)) {
            for (int g = 0; g < groups; g++) {
                String group = "group-" + g;
                IntStream.range(0, members).forEach(i -> broker.subscribe(group, record -> {}));
            }
            List<KeyedMessage> records = Records.numbered(40, 12);
            broker.produceAll(records);
            broker.judgeSettled(new NothingLost().and(new HandledOnce()));
        }
    }

    private static void requireNothingMore(BrokerUnderTest broker) {
        int attempts = broker.recorded().attempts();
        broker.require(
                broker.stays(() -> broker.recorded().attempts() == attempts),
                "records came again after all of them had been handled by every group");
    }
}
