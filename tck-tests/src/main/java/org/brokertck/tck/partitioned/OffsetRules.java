package org.brokertck.tck.partitioned;

import static org.brokertck.tck.partitioned.BrokerUnderTest.GROUP;
import static org.brokertck.tck.partitioned.BrokerUnderTest.TOPIC;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.Position;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.check.partitioned.OffsetsDelivered;
import org.brokertck.tck.check.partitioned.OffsetsDense;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.partitioned.PartitionedWorkload;
import org.brokertck.tck.workload.partitioned.PartitionedWorkloads;
import org.junit.jupiter.api.Test;

/** Offsets count the records of a partition, in the order in which they were produced. */
public interface OffsetRules extends PartitionedRules {
    @Test
    @Verifies("L-5")
    default void offsetsStartAtZeroAndGrowByOne() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-5", 3)) {
            broker.subscribe(record -> {});
            broker.produceAll(Records.numbered(30, 10));
            broker.produceBatch(Records.spread("batch-", 10));
            IntStream.range(0, 10).forEach(i -> broker.produce(Records.of(null, "no-key-" + i)));
            broker.judgeSettled(new OffsetsDense().and(new OffsetsDelivered()));
        }
    }

    @Test
    @Verifies("L-5")
    default void eachPartitionOfEachTopicCountsForItself() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-5", 1)) {
            broker.produceAll(Records.numbered(5, 1));
            broker.createTopic("other", 1);
            Position first = broker.produce("other", Records.of("key", "first-of-other"));
            broker.require(first.equals(new Position(0, 0)), "the first record of a second topic was put at " + first);
            Position next = broker.produce(TOPIC, Records.of("key", "sixth"));
            broker.require(next.equals(new Position(0, 5)), "the sixth record of the first topic was put at " + next);
        }
    }

    @Test
    @Verifies("L-5")
    default void offsetsAreInProduceOrderAlsoWithoutWaiting() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-5", 2)) {
            broker.subscribe(record -> {});
            List<Running<Boolean>> producers = IntStream.range(0, 3)
                    .mapToObj(p -> Bounded.startRun("producer-" + p, () -> {
                        List<CompletableFuture<Position>> futures = new ArrayList<>();
                        for (int i = 0; i < 100; i++) {
                            futures.add(broker.recorded()
                                    .produceAsync(
                                            "producer-" + p, TOPIC, Records.of("key-" + i % 3, "p" + p + "-r" + i)));
                        }
                        futures.forEach(CompletableFuture::join);
                    }))
                    .toList();
            producers.forEach(it -> broker.join("produce without waiting", it));
            broker.judgeSettled(new OffsetsDense().and(new OffsetsDelivered()));
        }
    }

    /** A failing record, a second group and the committed offset must not change what the offsets are. */
    @Test
    @Verifies("L-5")
    default void deliveredOffsetsAreThoseThatProduceReturned() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-5", 1)) {
            broker.subscribe(GROUP, record -> {
                if (record.offset() % 3 == 1) {
                    throw new IllegalStateException("so that it is set aside");
                }
            });
            broker.subscribe("shipping", record -> {});
            broker.produceAll(Records.numbered(10, 2));
            broker.judgeSettled(new OffsetsDense().and(new OffsetsDelivered()));
            broker.require(
                    broker.deadRecords(TOPIC).stream()
                            .allMatch(it -> it.record().offset() % 3 == 1),
                    "the dead letters are of other offsets than those that failed: " + broker.deadRecords(TOPIC));
        }
    }

    @Test
    @Verifies("L-5")
    @Needs(capabilities = Capability.BOUNDED)
    default void refusedRecordsLeaveNoGap() {
        PartitionedConfig config = config().partitionCapacity(2)
                .produceTimeout(timeouts().quiet().dividedBy(8))
                .build();
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-5", 1, config)) {
            broker.leave(broker.subscribe(record -> {}));
            broker.produceAll(Records.numbered(2, 1));
            for (int i = 0; i < 2; i++) {
                KeyedMessage refused = Records.of("key", "refused-" + i);
                broker.refused(
                        QueueFullException.class,
                        "produce to a full partition",
                        () -> broker.recorded().produce("main", TOPIC, refused));
            }
            broker.refused(
                    MessageTooLargeException.class,
                    "produce of a record too large",
                    () -> broker.unrecorded()
                            .produce(TOPIC, "key", new byte[target().limits().maxPayloadBytes() + 1]));
            broker.subscribe(record -> {});
            broker.awaitSettled();
            broker.produce(Records.of("key", "after"));
            broker.judgeSettled(new OffsetsDense().and(new OffsetsDelivered()));
        }
    }

    @Property
    @Verifies("L-5")
    default void offsetsAreDenseAndInOrderWhateverIsProduced(
            @ForAll(supplier = PartitionedWorkloads.ComingAndGoing.class) PartitionedWorkload workload) {
        PartitionedDriver.judge(this, "L-5", workload, new OffsetsDense().and(new OffsetsDelivered()));
    }
}
