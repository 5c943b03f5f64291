package org.brokertck.tck.partitioned;

import static org.brokertck.tck.partitioned.BrokerUnderTest.TOPIC;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.Position;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.check.partitioned.HandledOnce;
import org.brokertck.tck.check.partitioned.KeysInOrder;
import org.brokertck.tck.check.partitioned.NothingInvented;
import org.brokertck.tck.check.partitioned.NothingLost;
import org.brokertck.tck.history.partitioned.RecordAttempt;
import org.brokertck.tck.history.partitioned.RecordId;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.partitioned.PartitionedWorkload;
import org.brokertck.tck.workload.partitioned.PartitionedWorkloads;
import org.junit.jupiter.api.Test;

/** A batch is its produces in turn, all of them or none. */
public interface BatchRules extends PartitionedRules {
    @Test
    @Verifies("L-13")
    default void aBatchIsEquivalentToItsProducesInTurn() {
        compare(4, IntStream.range(0, 60).map(i -> i * i % 11).boxed().toList(), 7);
    }

    @Property
    @Verifies("L-13")
    default void anyBatchIsEquivalentToItsProducesInTurn(
            @ForAll @IntRange(min = 1, max = 5) int partitions,
            @ForAll @Size(max = 20) List<@IntRange(max = 6) Integer> keys,
            @ForAll @IntRange(min = 1, max = 30) int batchSize) {
        compare(partitions, keys, batchSize);
    }

    /** The same records go one by one to one topic and as a batch to another, and must come to lie and to be delivered alike. */
    private void compare(int partitions, List<Integer> keys, int batchSize) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this, "L-13", partitions, config().batchSize(batchSize).build())) {
            broker.createTopic("batched", partitions);
            broker.subscribe(record -> {});
            broker.subscribe("batched", "billing", record -> {});
            List<Position> single = IntStream.range(0, keys.size())
                    .mapToObj(i -> broker.produce(Records.of("key-" + keys.get(i), "s-" + i)))
                    .toList();
            List<KeyedMessage> batch = IntStream.range(0, keys.size())
                    .mapToObj(i -> Records.of("key-" + keys.get(i), "b-" + i))
                    .toList();
            List<Position> batched = broker.call(
                    "produceBatch", timeouts().await(), () -> broker.recorded().produceBatch("main", "batched", batch));
            broker.require(
                    batched.equals(single),
                    "produced in turn the records came to lie at %s, and as a batch at %s".formatted(single, batched));
            broker.judgeSettled(new NothingLost().and(new HandledOnce()).and(new NothingInvented()));
            Map<Integer, List<String>> first = delivered(broker, TOPIC);
            Map<Integer, List<String>> second = delivered(broker, "batched");
            broker.require(
                    first.equals(second),
                    "produced in turn the records were delivered as %s by partition, and as a batch as %s"
                            .formatted(first, second));
        }
    }

    private static Map<Integer, List<String>> delivered(BrokerUnderTest broker, String topic) {
        Map<Integer, List<String>> ids = new HashMap<>();
        for (RecordAttempt attempt : broker.history().attempts()) {
            if (attempt.topic().equals(topic)) {
                ids.computeIfAbsent(attempt.partition(), it -> new ArrayList<>())
                        .add(attempt.id().substring(2));
            }
        }
        return ids;
    }

    @Test
    @Verifies("L-13")
    default void anEmptyBatchIsNothing() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-13", 2)) {
            List<Position> none = broker.produceBatch(List.of());
            broker.require(none.isEmpty(), "an empty batch gave the positions " + none);
            broker.require(
                    broker.metrics().of(TOPIC).messagesProduced() == 0,
                    "an empty batch was counted: " + broker.metrics());
        }
    }

    @Test
    @Verifies("L-13")
    default void aBatchWithOneInvalidRecordIsRefusedWhole() {
        for (int place : List.of(0, 3, 6)) {
            refuseWhole(7, place);
        }
    }

    @Property
    @Verifies("L-13")
    default void aBatchIsRefusedWholeWhereverItsInvalidRecordLies(
            @ForAll @IntRange(min = 1, max = 12) int size, @ForAll @IntRange(max = 11) int place) {
        refuseWhole(size, place % size);
    }

    @SuppressWarnings("NullAway") // null where it is not allowed is the point
    private void refuseWhole(int size, int place) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-13", 2)) {
            broker.subscribe(record -> {});
            List<KeyedMessage> tooLarge = new ArrayList<>(Records.ofKey("key", "large-", size));
            int excess = target().limits().maxPayloadBytes() + 1;
            tooLarge.set(place, KeyedMessage.of("key", new byte[excess], Map.of(RecordId.HEADER, "large-" + place)));
            broker.refused(
                    MessageTooLargeException.class,
                    "produceBatch of %d records of which number %d is too large".formatted(size, place),
                    () -> broker.recorded().produceBatch("main", TOPIC, tooLarge));
            List<KeyedMessage> withNull = new ArrayList<>(Records.ofKey("key", "null-", size));
            withNull.set(place, null);
            broker.refused(
                    NullPointerException.class,
                    "produceBatch of %d records of which number %d is null".formatted(size, place),
                    () -> broker.unrecorded().produceBatch(TOPIC, withNull));
            List<Position> after = broker.produceBatch(Records.ofKey("key", "good-", 3));
            broker.judgeSettled(new NothingInvented().and(new NothingLost()));
            broker.require(
                    broker.metrics().of(TOPIC).messagesProduced() == 3,
                    "3 records were produced and two batches refused: " + broker.metrics());
            broker.require(
                    !claims(Capability.OFFSETS) || after.get(0).offset() == 0,
                    "the first record after two refused batches was put at " + after.get(0));
        }
    }

    @Test
    @Verifies("L-13")
    default void aBatchLargerThanTheBatchSizeKeepsItsOrder() {
        try (BrokerUnderTest broker =
                BrokerUnderTest.open(this, "L-13", 3, config().batchSize(10).build())) {
            broker.subscribe(record -> {});
            broker.produceBatch(Records.numbered(1000, 5));
            broker.judgeSettled(new NothingLost().and(new HandledOnce()).and(new KeysInOrder()));
        }
    }

    @Test
    @Verifies("L-13")
    default void equalRecordsOfABatchAreRecordsEach() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-13", 2)) {
            AtomicInteger handled = new AtomicInteger();
            broker.call(
                    "subscribe",
                    timeouts().await(),
                    () -> broker.unrecorded().subscribe(TOPIC, "billing", record -> handled.incrementAndGet()));
            KeyedMessage same = KeyedMessage.of("key", new byte[] {1, 2, 3});
            List<Position> positions = broker.call(
                    "produceBatch",
                    timeouts().await(),
                    () -> broker.unrecorded()
                            .produceBatch(TOPIC, List.of(same, same, KeyedMessage.of("key", new byte[] {1, 2, 3}))));
            broker.require(positions.size() == 3, "a batch of 3 equal records gave the positions " + positions);
            broker.happensWithin(timeouts().await(), () -> handled.get() >= 3);
            broker.require(
                    handled.get() == 3, "of a batch of 3 equal records %d were handled".formatted(handled.get()));
        }
    }

    /** The list is the caller's again when the call has returned. */
    @Test
    @Verifies("L-13")
    default void whoClearsTheListOfABatchAfterwardsClearsNothingElse() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-13", 2)) {
            broker.subscribe(record -> {});
            for (int i = 0; i < 5; i++) {
                List<KeyedMessage> batch = new ArrayList<>(Records.ofKey("key", "r-" + i + "-", 4));
                broker.call(
                        "produceBatch",
                        timeouts().await(),
                        () -> broker.recorded().produceBatch("main", TOPIC, batch));
                batch.clear();
            }
            broker.judgeSettled(new NothingLost().and(new KeysInOrder()));
        }
    }

    @Property
    @Verifies("L-13")
    default void batchesAmongOtherProducesKeepTheOrderOfKeys(
            @ForAll(supplier = PartitionedWorkloads.Calm.class) PartitionedWorkload workload) {
        PartitionedDriver.judge(this, "L-13", workload, new KeysInOrder().and(new NothingLost()));
    }
}
