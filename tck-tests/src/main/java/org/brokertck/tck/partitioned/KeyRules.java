package org.brokertck.tck.partitioned;

import static org.brokertck.tck.partitioned.BrokerUnderTest.TOPIC;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.Position;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.check.partitioned.ChiSquared;
import org.brokertck.tck.check.partitioned.OnePartitionPerKey;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.partitioned.PartitionedWorkload;
import org.brokertck.tck.workload.partitioned.PartitionedWorkloads;
import org.junit.jupiter.api.Test;

/** Which partition a record goes to: one for each key, all of them for many keys, any for none. */
public interface KeyRules extends PartitionedRules {
    /** How many records go into one batch of those that only fill. */
    int FILLING = 1000;

    /** The seed's TestPartitioning: messages with the same key go to the same partition. */
    @Test
    @Verifies("L-3")
    default void recordsWithTheSameKeyGoToTheSamePartition() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-3", 4)) {
            for (int round = 0; round < 5; round++) {
                for (int i = 0; i < 20; i++) {
                    broker.produce(Records.of("key-" + i, "r-" + round + "-" + i));
                }
            }
            broker.judge(new OnePartitionPerKey());
        }
    }

    @Test
    @Verifies("L-3")
    default void everyFormOfProduceAndEveryThreadAgreesOnThePartition() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-3", 7)) {
            List<Running<Boolean>> producers = IntStream.range(0, 4)
                    .mapToObj(p -> Bounded.startRun("producer-" + p, () -> produceInAllForms(broker, "p" + p)))
                    .toList();
            producers.forEach(it -> broker.join("produce in all forms", it));
            broker.judge(new OnePartitionPerKey());
        }
    }

    private static void produceInAllForms(BrokerUnderTest broker, String producer) {
        // The last one is the well-known text whose hash is the smallest integer, which has no absolute value.
        for (String key : List.of(
                "", "a", "key-1", "key-2", "ключ 漢字 🔑", "x".repeat(300), " ", "\u0000", "polygenelubricants")) {
            String id = producer + "-" + key.hashCode();
            broker.recorded().produce(producer, TOPIC, Records.of(key, id + "-waiting"));
            broker.recorded()
                    .produceAsync(producer, TOPIC, Records.of(key, id + "-async"))
                    .join();
            broker.recorded().produceBatch(producer, TOPIC, Records.ofKey(key, id + "-batch-", 3));
        }
    }

    /** A partition that depends on a counter shows only when the counter has run over. */
    @Test
    @Verifies("L-3")
    default void aKeyStaysInItsPartitionHoweverManyRecordsCome() {
        int count = scaled(140_000, 3_000);
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-3", 5)) {
            PartitionedBroker unrecorded = broker.unrecorded();
            int partition = broker.produce(Records.of("key", "first")).partition();
            List<KeyedMessage> batch = IntStream.range(0, FILLING)
                    .mapToObj(i -> KeyedMessage.of("key", new byte[1]))
                    .toList();
            for (int done = 0; done < count; done += FILLING) {
                int so = done;
                broker.call("produceBatch", timeouts().await(), () -> unrecorded.produceBatch(TOPIC, batch))
                        .forEach(it -> broker.require(
                                it.partition() == partition,
                                "the key moved from partition %d to %d after some %d records"
                                        .formatted(partition, it.partition(), so)));
            }
        }
    }

    @Test
    @Verifies("L-3")
    default void aKeyKeepsItsPartitionWhenTheBrokerIsOpenedAgain() {
        Map<String, Integer> before = new LinkedHashMap<>();
        String name;
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-3", 5)) {
            name = broker.name();
            IntStream.range(0, 50)
                    .mapToObj(i -> "key-" + i)
                    .forEach(it -> before.put(
                            it, broker.produce(Records.of(it, "before-" + it)).partition()));
            broker.closeForReopening();
        }
        try (BrokerUnderTest again = BrokerUnderTest.open(this, target(), "L-3", name, 5, config().build())) {
            before.forEach((key, partition) -> requireSame(again, key, partition));
        }
    }

    @Test
    @Verifies("L-3")
    @Needs(capabilities = Capability.REMOTE)
    default void everyInstanceAgreesOnThePartitionOfAKey() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-3", 5);
                BrokerUnderTest other = broker.beside(config().build())) {
            List<Integer> here = IntStream.range(0, 50)
                    .map(i ->
                            broker.produce(Records.of("key-" + i, "here-" + i)).partition())
                    .boxed()
                    .toList();
            // In another order, so that nothing but the key can tell.
            for (int i = here.size() - 1; i >= 0; i--) {
                requireSame(other, "key-" + i, here.get(i));
            }
        }
    }

    private static void requireSame(BrokerUnderTest broker, String key, int partition) {
        int here = broker.produce(Records.of(key, "again-" + key)).partition();
        broker.require(
                here == partition,
                "the key '%s' went to partition %d, and by another instance to %d".formatted(key, partition, here));
    }

    @Property
    @Verifies("L-3")
    default void whoeverProducesAKeyHasOnePartition(
            @ForAll(supplier = PartitionedWorkloads.Calm.class) PartitionedWorkload workload) {
        PartitionedDriver.judge(this, "L-3", workload, new OnePartitionPerKey());
    }

    @Test
    @Verifies("L-4")
    default void randomKeysSpreadEvenly() {
        Random random = new Random(20260102);
        spread(4, 10_000, i -> Long.toString(random.nextLong(), 36));
        spread(7, 10_000, i -> Integer.toString(random.nextInt()));
    }

    /** As many partitions as there may be: more than one byte of a hash can tell apart. */
    @Test
    @Verifies("L-4")
    default void randomKeysSpreadOverAsManyPartitionsAsThereMayBe() {
        Random random = new Random(20260103);
        int partitions = scaled(PartitionedConfig.MOST_PARTITIONS, 16);
        spread(partitions, 30 * partitions, i -> Long.toString(random.nextLong(), 36));
    }

    @Test
    @Verifies("L-4")
    default void keysThatDifferInASuffixNumberSpread() {
        suffixed(4, "order-");
        suffixed(16, "customer/00000000-0000-0000-0000-");
        suffixed(3, "");
    }

    @Property
    @Verifies("L-4")
    default void randomKeysSpreadOverAnyNumberOfPartitions(
            @ForAll @IntRange(min = 2, max = 32) int partitions, @ForAll long seed) {
        Random random = new Random(seed);
        spread(partitions, scaled(10_000, 2_000), i -> Long.toHexString(random.nextLong()));
    }

    private void suffixed(int partitions, String prefix) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-4", partitions)) {
            int keys = scaled(10_000, 4_000);
            long[] counts = counts(broker, partitions, keys, i -> prefix + i);
            for (int i = 0; i < partitions; i++) {
                double share = (double) counts[i] * partitions / keys;
                broker.require(
                        share > 0.5 && share < 1.5,
                        "of the keys %s0 to %s%d, partition %d of %d has %.0f %% of its share: %s"
                                .formatted(
                                        prefix,
                                        prefix,
                                        keys - 1,
                                        i,
                                        partitions,
                                        share * 100,
                                        java.util.Arrays.toString(counts)));
            }
        }
    }

    /** One sample in a thousand of an even spread looks uneven, hence a second one decides. */
    private void spread(int partitions, int keys, IntFunction<String> key) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-4", partitions)) {
            long[] counts = counts(broker, partitions, keys, key);
            if (ChiSquared.isEven(counts)) {
                return;
            }
            long[] again = counts(broker, partitions, keys, key);
            broker.require(
                    ChiSquared.isEven(again),
                    "%d random keys over %d partitions, twice, gave the counts %s and %s: their chi-squared is %.1f and %.1f, where %.1f is reached by one even spread in a thousand"
                            .formatted(
                                    keys,
                                    partitions,
                                    told(counts),
                                    told(again),
                                    ChiSquared.statistic(counts),
                                    ChiSquared.statistic(again),
                                    ChiSquared.critical(partitions - 1)));
        }
    }

    /** All of few; of many only what a reader can take in. */
    private static String told(long[] counts) {
        var all = java.util.Arrays.stream(counts).summaryStatistics();
        return counts.length <= 32
                ? java.util.Arrays.toString(counts)
                : "from %d to %d, with %d times 0"
                        .formatted(
                                all.getMin(),
                                all.getMax(),
                                java.util.Arrays.stream(counts)
                                        .filter(it -> it == 0)
                                        .count());
    }

    private long[] counts(BrokerUnderTest broker, int partitions, int keys, IntFunction<String> key) {
        long[] counts = new long[partitions];
        for (int done = 0; done < keys; done += FILLING) {
            List<KeyedMessage> batch = new ArrayList<>();
            for (int i = done; i < Math.min(keys, done + FILLING); i++) {
                batch.add(KeyedMessage.of(key.apply(i), new byte[1]));
            }
            for (Position position : broker.call(
                    "produceBatch",
                    timeouts().await(),
                    () -> broker.unrecorded().produceBatch(TOPIC, batch))) {
                broker.require(
                        position.partition() >= 0 && position.partition() < partitions,
                        "a record went to partition %d of %d".formatted(position.partition(), partitions));
                counts[position.partition()]++;
            }
        }
        return counts;
    }

    @Test
    @Verifies("L-16")
    default void recordsWithoutAKeySpreadOverAllPartitions() {
        withoutKey(4);
    }

    @Property
    @Verifies("L-16")
    default void recordsWithoutAKeySpreadOverAnyNumberOfPartitions(@ForAll @IntRange(min = 1, max = 8) int partitions) {
        withoutKey(partitions);
    }

    private void withoutKey(int partitions) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-16", partitions)) {
            int[] counts = new int[partitions];
            broker.run(
                    "produce without a key",
                    () -> IntStream.range(0, 50 * partitions)
                            .mapToObj(i -> broker.unrecorded().produce(TOPIC, null, new byte[1]))
                            .forEach(it -> counts[it.partition()]++));
            for (int i = 0; i < partitions; i++) {
                broker.require(
                        counts[i] > 0,
                        "of %d records without a key none went to partition %d of %d: %s"
                                .formatted(50 * partitions, i, partitions, java.util.Arrays.toString(counts)));
            }
        }
    }
}
