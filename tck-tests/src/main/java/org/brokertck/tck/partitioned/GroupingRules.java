package org.brokertck.tck.partitioned;

import static org.brokertck.tck.partitioned.BrokerUnderTest.GROUP;
import static org.brokertck.tck.partitioned.BrokerUnderTest.TOPIC;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.PartitionedMetrics;
import org.brokertck.api.partitioned.Position;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.tck.check.partitioned.NothingLost;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Records of several producers are sent together without anybody asking for it, and none waits long for others. */
public interface GroupingRules extends PartitionedRules {
    /** A group that is held makes sure of the load: what is produced meanwhile has time to gather. */
    @Test
    @Verifies("L-14")
    default void underLoadFewerBatchesAreSentThanRecords() {
        group(4, scaled(5_000, 500), config().build());
    }

    @Property
    @Verifies("L-14")
    default void underAnyLoadFewerBatchesAreSentThanRecords(
            @ForAll @IntRange(min = 2, max = 6) int producers,
            @ForAll @IntRange(max = 5) int lingerMillis,
            @ForAll @IntRange(min = 2, max = 300) int batchSize) {
        PartitionedConfig config = config().linger(Duration.ofMillis(lingerMillis))
                .batchSize(batchSize)
                .build();
        group(producers, scaled(500, 200), config);
    }

    private void group(int producers, int records, PartitionedConfig config) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-14", 4, config)) {
            RecordGate gate = new RecordGate(timeouts().await());
            LongAdder handled = new LongAdder();
            broker.call(
                    "subscribe",
                    timeouts().await(),
                    () -> broker.unrecorded().subscribe(TOPIC, GROUP, record -> {
                        gate.handle(record);
                        handled.increment();
                    }));
            List<Running<Boolean>> running = IntStream.range(0, producers)
                    .mapToObj(p -> Bounded.startRun("producer-" + p, () -> produceWithoutWaiting(broker, records)))
                    .toList();
            running.forEach(it -> broker.join("produce without waiting", it));
            gate.open();
            long sent = (long) producers * records;
            broker.require(
                    broker.happensWithin(timeouts().await(), () -> handled.sum() == sent),
                    "%d records were produced, and %d handled".formatted(sent, handled.sum()));
            PartitionedMetrics metrics = broker.metrics();
            broker.require(
                    metrics.batches() > 0 && metrics.batches() < sent,
                    "%d threads produced %d records without waiting, and %d batches were sent"
                            .formatted(producers, sent, metrics.batches()));
        }
    }

    private static void produceWithoutWaiting(BrokerUnderTest broker, int records) {
        List<CompletableFuture<Position>> futures = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            futures.add(broker.unrecorded().produceAsync(TOPIC, Records.of("key-" + i % 1000, "r")));
        }
        futures.forEach(CompletableFuture::join);
    }

    @Test
    @Verifies("L-14")
    default void batchesAreNeverMoreThanRecords() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-14", 3)) {
            broker.subscribe(record -> {});
            for (int i = 0; i < 20; i++) {
                broker.produce(Records.of("key-" + i, "r-" + i));
            }
            broker.judgeSettled(new NothingLost());
            PartitionedMetrics metrics = broker.metrics();
            broker.require(
                    metrics.batches() >= 1 && metrics.batches() <= 20,
                    "20 records were produced one after the other, and %d batches were sent"
                            .formatted(metrics.batches()));
        }
    }

    /** The linger is one that no test waits for, so that only the batch's being full can send it. */
    @Test
    @Verifies("L-14")
    default void aFullBatchDoesNotLinger() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this,
                "L-14",
                1,
                config().linger(Duration.ofHours(1)).batchSize(5).build())) {
            broker.subscribe(record -> {});
            List<CompletableFuture<Position>> futures = Records.ofKey("key", "r-", 5).stream()
                    .map(it -> broker.recorded().produceAsync("main", TOPIC, it))
                    .toList();
            broker.await("the sending of a full batch", () -> futures.stream().allMatch(CompletableFuture::isDone));
            broker.judgeSettled(new NothingLost());
        }
    }

    @Test
    @Verifies("L-14")
    @Needs(clock = true)
    default void aRecordWaitsForOthersNoLongerThanTheLinger() {
        lingerByTheClock(1000, List.of(0, 999, 1, 500, 500, 0, 0, 2000, 10, 980, 15));
    }

    @Property
    @Verifies("L-14")
    @Needs(clock = true)
    default void noRecordWaitsForOthersLongerThanTheLinger(
            @ForAll @IntRange(min = 1, max = 1000) int lingerMillis,
            @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 600) Integer> gaps) {
        lingerByTheClock(lingerMillis, gaps);
    }

    /** Records come with these gaps; whenever the clock stands, those that are as old as the linger have been sent and delivered. */
    private void lingerByTheClock(int lingerMillis, List<Integer> gaps) {
        VirtualTime time = target().virtualTime().orElseThrow();
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this,
                time.target(),
                "L-14",
                Names.fresh("L-14"),
                1,
                config().linger(Duration.ofMillis(lingerMillis)).build())) {
            broker.subscribe(record -> {});
            List<CompletableFuture<Position>> futures = new ArrayList<>();
            List<Long> produced = new ArrayList<>();
            long now = 0;
            for (int i = 0; i < gaps.size(); i++) {
                // Stops at each record's last moment on the way.
                long next = now + gaps.get(i);
                for (long moment : List.copyOf(produced)) {
                    if (moment + lingerMillis > now && moment + lingerMillis <= next) {
                        time.clock().advance(Duration.ofMillis(moment + lingerMillis - now));
                        now = moment + lingerMillis;
                        requireSent(broker, futures, produced, now - lingerMillis);
                    }
                }
                time.clock().advance(Duration.ofMillis(next - now));
                now = next;
                futures.add(broker.recorded().produceAsync("main", TOPIC, Records.of("key", "r-" + i)));
                produced.add(now);
            }
            time.clock().advance(Duration.ofMillis(lingerMillis));
            requireSent(broker, futures, produced, now);
            broker.judgeSettled(new NothingLost());
        }
    }

    private static void requireSent(
            BrokerUnderTest broker, List<CompletableFuture<Position>> futures, List<Long> produced, long since) {
        for (int i = 0; i < futures.size(); i++) {
            int place = i;
            if (produced.get(i) <= since) {
                broker.require(
                        broker.happens(() ->
                                futures.get(place).isDone() && broker.recorded().attempts() > place),
                        "record %d, %d ms after the first, was not sent and delivered though its linger had passed"
                                .formatted(i, produced.get(i) - produced.get(0)));
            }
        }
    }

    /** Others keep coming all the while: the wait counts from the first of a batch. */
    @Test
    @Verifies("L-14")
    default void othersThatKeepComingProlongNoWait() {
        Duration linger = timeouts().quiet().dividedBy(3);
        Duration longest = linger.plus(timeouts().tolerance());
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this, "L-14", 1, config().linger(linger).batchSize(1 << 20).build())) {
            broker.subscribe(record -> {});
            CompletableFuture<Position> first =
                    broker.recorded().produceAsync("main", TOPIC, Records.of("key", "first"));
            long start = System.nanoTime();
            int others = 0;
            while (!first.isDone() && System.nanoTime() - start < longest.toNanos()) {
                LockSupport.parkNanos(linger.toNanos() / 10);
                broker.recorded().produceAsync("main", TOPIC, Records.of("key", "other-" + others++));
            }
            broker.require(
                    first.isDone(),
                    "a record was not sent within %s with a linger of %s, while others kept coming"
                            .formatted(longest, linger));
            broker.judgeSettled(new NothingLost());
        }
    }
}
