package org.brokertck.tck.partitioned;

import static org.brokertck.tck.partitioned.BrokerUnderTest.TOPIC;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.BrokerException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.Fault;
import org.brokertck.tck.check.partitioned.HandledOnce;
import org.brokertck.tck.check.partitioned.KeysInOrder;
import org.brokertck.tck.check.partitioned.NothingInvented;
import org.brokertck.tck.check.partitioned.NothingLost;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Server;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** A producer faster than its consumers waits or is refused; nobody's memory grows without bound. */
public interface RoomRules extends PartitionedRules {
    /** Large records, so that few of them are much. */
    int LARGE = 1 << 14;

    /** What no broker needs to hold for one producer that nobody answers: 128 MiB. */
    int FAR_TOO_MANY = 1 << 13;

    @Test
    @Verifies("L-19")
    @Needs(capabilities = Capability.BOUNDED)
    default void aPartitionHoldsItsCapacityOfRecordsThatAreNotHandled() {
        fillAndMakeRoom(5, 2, 1);
    }

    @Test
    @Verifies("L-19")
    @Needs(capabilities = Capability.BOUNDED)
    default void aPartitionHoldsItsCapacityForTheSlowerOfTwoGroups() {
        fillAndMakeRoom(5, 2, 2);
    }

    @Property
    @Verifies("L-19")
    @Needs(capabilities = Capability.BOUNDED)
    default void aPartitionHoldsAnyCapacityForTheSlowestOfItsGroups(
            @ForAll @IntRange(min = 1, max = 12) int capacity,
            @ForAll @IntRange(max = 12) int handled,
            @ForAll @IntRange(min = 1, max = 3) int groups) {
        fillAndMakeRoom(capacity, Math.min(handled, capacity), groups);
    }

    /** The last of the groups is held back: it lets through so many, and then none. The others are done at once. */
    private void fillAndMakeRoom(int capacity, int handled, int groups) {
        Duration patience = patience();
        PartitionedConfig config =
                config().partitionCapacity(capacity).produceTimeout(patience).build();
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-19", 1, config)) {
            AtomicInteger passed = new AtomicInteger();
            AtomicInteger allowed = new AtomicInteger();
            AtomicBoolean open = new AtomicBoolean();
            IntStream.range(1, groups).forEach(i -> broker.subscribe("group-" + i, record -> {}));
            broker.subscribe(record -> {
                if (passed.get() >= allowed.get() && !open.get()) {
                    broker.recorded()
                            .await(
                                    () -> passed.get() < allowed.get() || open.get(),
                                    timeouts().await());
                }
                passed.incrementAndGet();
            });
            fill(broker, "first", capacity);
            requireFull(broker, "over-first", patience);
            allowed.set(handled);
            broker.await(handled + " records to be handled", () -> passed.get() >= handled);
            fill(broker, "second", handled);
            requireFull(broker, "over-second", patience);
            open.set(true);
            broker.judgeSettled(new NothingInvented().and(new NothingLost()).and(new HandledOnce()));
        }
    }

    private static void fill(BrokerUnderTest broker, String name, int count) {
        IntStream.range(0, count).forEach(i -> broker.produce(Records.of("key", name + "-" + i)));
    }

    private void requireFull(BrokerUnderTest broker, String id, Duration patience) {
        requireFull(broker, patience, "produce", () -> broker.recorded().produce("main", TOPIC, Records.of("key", id)));
        requireFull(
                broker,
                patience,
                "produceAsync",
                () -> broker.recorded().produceAsync("main", TOPIC, Records.of("key", id + "-async")));
    }

    private void requireFull(BrokerUnderTest broker, Duration patience, String what, Runnable produce) {
        long start = System.nanoTime();
        broker.refused(QueueFullException.class, what + " to a full partition", produce);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        broker.require(
                took.compareTo(patience.plus(timeouts().tolerance())) <= 0
                        && took.compareTo(patience.minusMillis(1)) >= 0,
                "%s to a full partition was refused after %s with a produce timeout of %s"
                        .formatted(what, took, patience));
    }

    /** On a server the same time also bounds the wait for its answer, which may be slow. */
    private Duration patience() {
        return claims(Capability.REMOTE)
                ? timeouts().tolerance().dividedBy(2)
                : timeouts().quiet().dividedBy(8);
    }

    /** Of a batch that finds no room nothing, or its first records are there; never more than the partition holds. */
    @Test
    @Verifies("L-19")
    @Needs(capabilities = Capability.BOUNDED)
    default void aBatchNeedsRoomForEachOfItsRecords() {
        PartitionedConfig config =
                config().partitionCapacity(5).produceTimeout(patience()).build();
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-19", 1, config)) {
            broker.leave(broker.subscribe(record -> {}));
            broker.produceBatch(Records.ofKey("key", "fits-", 3));
            broker.refused(
                    BrokerException.class,
                    "produceBatch of 4 records where 2 have room",
                    () -> broker.recorded().produceBatch("main", TOPIC, Records.ofKey("key", "over-", 4)));
            int rest = 0;
            while (rest < 5 && taken(broker, "rest-" + rest)) {
                rest++;
            }
            broker.require(
                    rest <= 2, "a partition of 5 took a batch of 3, refused one of 4 and took %d more".formatted(rest));
            broker.subscribe(record -> {});
            broker.judgeSettled(new NothingInvented().and(new NothingLost()).and(new HandledOnce()));
        }
    }

    private static boolean taken(BrokerUnderTest broker, String id) {
        try {
            broker.recorded().produce("main", TOPIC, Records.of("key", id));
            return true;
        } catch (QueueFullException full) {
            return false;
        }
    }

    @Test
    @Verifies("L-19")
    @Needs(capabilities = Capability.BOUNDED)
    default void oneFullPartitionHoldsUpNoOther() {
        PartitionedConfig config =
                config().partitionCapacity(2).produceTimeout(patience()).build();
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-19", 4, config)) {
            RecordGate gate = new RecordGate(timeouts().await());
            broker.subscribe(gate);
            fill(broker, "fills", 2);
            requireFull(broker, "over", patience());
            int full = Objects.requireNonNull(broker.history().produces().get(0).position())
                    .partition();
            int others = 0;
            for (int i = 0; others < 2 && i < 200; i++) {
                // Keys tell by their failing which of them share the full partition.
                try {
                    others += broker.recorded()
                                            .produce("main", TOPIC, Records.of("other-" + i, "other-" + i))
                                            .partition()
                                    != full
                            ? 1
                            : 0;
                } catch (QueueFullException inTheFullPartition) {
                    // Try another key.
                }
            }
            broker.require(others == 2, "one partition of four is full, and no other took a record");
            gate.open();
            broker.judgeSettled(new NothingLost().and(new NothingInvented()));
        }
    }

    @Test
    @Verifies("L-19")
    @Needs(capabilities = Capability.BOUNDED)
    default void aProducerThatWaitsForRoomGoesOnAsSoonAsThereIsSome() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this, "L-19", 1, config().partitionCapacity(1).build())) {
            RecordGate gate = new RecordGate(timeouts().await().multipliedBy(2));
            broker.subscribe(gate);
            broker.produce(Records.of("key", "fills"));
            List<Running<Boolean>> blocked = List.of(
                    Bounded.startRun(
                            "produce", () -> broker.recorded().produce("blocked", TOPIC, Records.of("key", "waits"))),
                    Bounded.startRun(
                            "produceAsync",
                            () -> broker.recorded().produceAsync("blocked", TOPIC, Records.of("key", "waits-too"))),
                    Bounded.startRun(
                            "produceBatch",
                            () -> broker.recorded().produceBatch("blocked", TOPIC, Records.ofKey("key", "batch-", 3))));
            broker.require(
                    broker.stays(StillWaiting.in(blocked)), "a produce to a full partition did not wait for room");
            gate.open();
            blocked.forEach(it -> broker.join("a produce for which there is room", it));
            broker.judgeSettled(new NothingLost().and(new HandledOnce()));
        }
    }

    /** What is set aside makes room as well as what is handled. */
    @Test
    @Verifies("L-19")
    @Needs(capabilities = Capability.BOUNDED)
    default void aProducerThatWaitsForRoomGoesOnWhenARecordIsSetAside() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this, "L-19", 1, config().partitionCapacity(1).build())) {
            RecordGate gate = new RecordGate(timeouts().await().multipliedBy(2));
            broker.subscribe(record -> {
                gate.handle(record);
                throw new IllegalStateException("so that it is set aside");
            });
            broker.produce(Records.of("key", "hopeless"));
            String what = "a produce for which there is room since a record was set aside";
            Running<Boolean> blocked = Bounded.startRun(
                    what, () -> broker.recorded().produce("blocked", TOPIC, Records.of("key", "waits")));
            broker.require(
                    broker.stays(StillWaiting.in(blocked)), "a produce to a full partition did not wait for room");
            gate.open();
            broker.join(what, blocked);
            broker.judgeSettled(new NothingLost());
        }
    }

    @Test
    @Verifies("L-19")
    @Needs(capabilities = Capability.BOUNDED)
    default void producersThatWaitForRoomAreRefusedByAShutdown() {
        // Longer than the test waits, so that it is the shutdown that wakes each of them.
        PartitionedConfig config = config().partitionCapacity(1)
                .produceTimeout(timeouts().await().multipliedBy(3))
                .build();
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-19", 1, config)) {
            RecordGate gate = new RecordGate(timeouts().await());
            broker.subscribe(gate);
            broker.produce(Records.of("key", "fills"));
            broker.await("the start of a handler", () -> gate.inside() == 1);
            List<Running<Boolean>> blocked = IntStream.range(0, 3)
                    .mapToObj(i -> Bounded.startRun(
                            "produce", () -> broker.recorded().produce("blocked", TOPIC, Records.of("key", "w-" + i))))
                    .toList();
            broker.require(
                    broker.stays(StillWaiting.in(blocked)), "a produce to a full partition did not wait for room");
            Running<Boolean> closing = Bounded.startRun("close", broker.unrecorded()::close);
            blocked.forEach(it -> broker.refused(
                    org.brokertck.api.ClosedException.class,
                    "a produce that waits for room in a broker that is closed",
                    () -> it.await(timeouts().await())));
            gate.open();
            broker.join("close", closing);
            broker.closeNow();
        }
    }

    /** Producers and members pass everything through partitions that hold next to nothing. */
    @Property
    @Verifies("L-19")
    default void narrowPartitionsLetEverythingThrough(
            @ForAll @IntRange(min = 1, max = 3) int capacity,
            @ForAll @IntRange(min = 1, max = 3) int producers,
            @ForAll @IntRange(min = 1, max = 3) int members) {
        PartitionedConfig config =
                config().partitionCapacity(capacity).batchSize(4).build();
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-19", 2, config)) {
            IntStream.range(0, members).forEach(i -> broker.subscribe(record -> {}));
            List<Running<Boolean>> running = IntStream.range(0, producers)
                    .mapToObj(p -> Bounded.startRun("producer-" + p, () -> produceInTurn(broker, "p" + p)))
                    .toList();
            running.forEach(it -> broker.join("produce", it));
            broker.judgeSettled(new NothingLost().and(new HandledOnce()).and(new KeysInOrder()));
        }
    }

    private static void produceInTurn(BrokerUnderTest broker, String producer) {
        for (int i = 0; i < 15; i++) {
            String id = producer + "-" + i;
            switch (i % 3) {
                case 0 -> broker.recorded().produce(producer, TOPIC, Records.of("key-" + i % 2, id));
                case 1 -> broker.recorded().produceAsync(producer, TOPIC, Records.of("key-" + i % 2, id));
                default -> broker.recorded().produceBatch(producer, TOPIC, Records.spread(id + "-", 5));
            }
        }
    }

    /** While there is no group a topic takes whatever comes, and gives way by forgetting the oldest. */
    @Test
    @Verifies("L-19")
    default void withoutAGroupNobodyIsHeldUp() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this,
                "L-19",
                1,
                config().partitionCapacity(10).produceTimeout(patience()).build())) {
            broker.produceAll(Records.numbered(100, 3));
            broker.produceBatch(Records.ofKey("key", "batch-", 100));
            broker.subscribe("late", org.brokertck.api.partitioned.StartFrom.LATEST, record -> {});
            broker.produceAll(Records.ofKey("key", "after-", 5));
            broker.judgeSettled(new NothingLost());
        }
    }

    /** A caller that never waits must be made to wait, or be refused, before it has piled up much. */
    @Test
    @Verifies("L-19")
    @Needs(faults = Fault.PAUSE)
    default void nobodyPilesUpRecordsThatAServerDoesNotTake() {
        Duration patience = timeouts().tolerance();
        PartitionedConfig config = config().partitionCapacity(100)
                .batchSize(10)
                .produceTimeout(patience)
                .build();
        try (Server server = Server.of(target());
                BrokerUnderTest broker = BrokerUnderTest.open(this, "L-19", 2, config)) {
            broker.produce(Records.of("key", "before"));
            server.pause();
            KeyedMessage large = KeyedMessage.of("key", new byte[LARGE]);
            AtomicInteger accepted = new AtomicInteger();
            Running<Boolean> caller = Bounded.startRun("produceAsync", () -> {
                try {
                    while (accepted.get() < FAR_TOO_MANY) {
                        broker.unrecorded().produceAsync(TOPIC, large);
                        accepted.incrementAndGet();
                    }
                } catch (BrokerException refusal) {
                    // As good as waiting.
                }
            });
            broker.happensWithin(patience.multipliedBy(2), caller::isDone);
            server.resume();
            broker.require(
                    accepted.get() < FAR_TOO_MANY,
                    "a server stood still, and one caller was allowed to pile up %d records of %d bytes"
                            .formatted(FAR_TOO_MANY, LARGE));
            broker.join("produceAsync when the server goes on", caller);
        }
    }
}
