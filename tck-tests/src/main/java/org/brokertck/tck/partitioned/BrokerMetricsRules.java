package org.brokertck.tck.partitioned;

import static org.brokertck.tck.partitioned.BrokerUnderTest.GROUP;
import static org.brokertck.tck.partitioned.BrokerUnderTest.TOPIC;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.PartitionedMetrics;
import org.brokertck.api.partitioned.Position;
import org.brokertck.api.partitioned.TopicMetrics;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.tck.check.partitioned.CountsConsistent;
import org.brokertck.tck.check.partitioned.CountsExact;
import org.brokertck.tck.history.partitioned.RecordedBroker;
import org.brokertck.tck.history.partitioned.RecordedMember;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.partitioned.PartitionedWorkload;
import org.brokertck.tck.workload.partitioned.PartitionedWorkloads;
import org.junit.jupiter.api.Test;

/** The figures tell what happened: exactly at rest, consistently on the way, and how fast over the window. */
public interface BrokerMetricsRules extends PartitionedRules {
    @Test
    @Verifies("L-17")
    default void atRestTheCountsOfEveryTopicAreExact() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-17", 3)) {
            broker.createTopic("other", 2);
            broker.createTopic("unused", 5);
            broker.subscribe(record -> {});
            broker.subscribe("shipping", record -> {
                if ("key-3".equals(record.key())) {
                    throw new IllegalStateException("so that it is set aside");
                }
            });
            broker.subscribe("other", "billing", record -> {});
            broker.produceAll(Records.numbered(20, 5));
            broker.produceBatch(Records.spread("batch-", 7));
            IntStream.range(0, 5)
                    .forEach(i -> broker.recorded().produceAsync("main", TOPIC, Records.of(null, "async-" + i)));
            broker.produce("other", KeyedMessage.of("empty", new byte[0]));
            broker.produce("other", KeyedMessage.of("large", new byte[1000]));
            requireExact(broker);
        }
    }

    private static void requireExact(BrokerUnderTest broker) {
        broker.awaitSettled();
        long handled = broker.history().attempts().stream()
                .filter(it -> it.succeeded())
                .count();
        // What a handler returned is counted a moment later.
        broker.awaitMetrics(
                handled + " records are consumed",
                it -> it.topics().values().stream()
                                .mapToLong(TopicMetrics::messagesConsumed)
                                .sum()
                        >= handled);
        broker.metrics();
        broker.judgeSettled(new CountsExact());
    }

    @Test
    @Verifies("L-17")
    default void aFreshBrokerTellsZeros() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-17", 3)) {
            PartitionedMetrics fresh = broker.metrics();
            boolean still = fresh.messagesPerSecond() == 0
                    && fresh.bytesPerSecond() == 0
                    && fresh.errorRate() == 0
                    && fresh.avgLatency().isZero()
                    && fresh.p50Latency().isZero()
                    && fresh.p99Latency().isZero()
                    && fresh.batches() == 0;
            broker.require(
                    still && fresh.topics().equals(Map.of(TOPIC, new TopicMetrics(3, 0, 0, 0, 0))),
                    "a fresh broker's metrics are " + fresh);
        }
    }

    @Property
    @Verifies("L-17")
    default void whateverHappenedTheCountsAreExact(
            @ForAll(supplier = PartitionedWorkloads.ComingAndGoing.class) PartitionedWorkload workload) {
        PartitionedDriver.run(this, "L-17", workload, BrokerMetricsRules::requireExact);
    }

    @Property
    @Verifies("L-17")
    default void theFiguresAreConsistentUnderLoad(
            @ForAll(supplier = PartitionedWorkloads.Turmoil.class) PartitionedWorkload workload) {
        PartitionedDriver.judgeSampled(this, "L-17", workload, RecordedBroker::metrics, new CountsConsistent());
    }

    /** Over a window of a year all that happened so far is in it, whatever the clock does. */
    @Test
    @Verifies("L-17")
    default void ratesAreWhatHappenedDividedByTheWindow() {
        Duration window = Duration.ofDays(365);
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this, "L-17", 2, config().rateWindow(window).build())) {
            broker.createTopic("other", 1);
            broker.produceAll(Records.numbered(60, 5));
            broker.produceBatch(Records.spread("batch-", 20));
            broker.produce("other", Records.of("key", "r-of-other"));
            requireRates(broker, window, 81);
        }
    }

    private static void requireRates(BrokerUnderTest broker, Duration window, long records) {
        PartitionedMetrics metrics = broker.metrics();
        long bytes = metrics.topics().values().stream()
                .mapToLong(TopicMetrics::bytesProduced)
                .sum();
        double seconds = window.toMillis() / 1000.0;
        broker.require(
                near(metrics.messagesPerSecond(), records / seconds) && near(metrics.bytesPerSecond(), bytes / seconds),
                "%d records of %d bytes were produced within a window of %s, and the rates are %s/s and %s bytes/s"
                        .formatted(records, bytes, window, metrics.messagesPerSecond(), metrics.bytesPerSecond()));
    }

    private static boolean near(double told, double due) {
        return Math.abs(told - due) <= due * 1e-6;
    }

    /** The window moves with the clock; within a tenth of its length at either end, what is in it may be told or not. */
    @Property
    @Verifies("L-17")
    @Needs(clock = true)
    default void ratesLookBackOverTheWindow(
            @ForAll @Size(min = 1, max = 8) List<@IntRange(max = 30) Integer> counts,
            @ForAll @IntRange(min = 1, max = 30) int windowSeconds) {
        VirtualTime time = target().virtualTime().orElseThrow();
        Duration window = Duration.ofSeconds(windowSeconds);
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this,
                time.target(),
                "L-17",
                Names.fresh("L-17"),
                2,
                config().rateWindow(window).build())) {
            // Each count is produced somewhat more than half a window after the one before: the last two are in the
            // window.
            for (int i = 0; i < counts.size(); i++) {
                time.clock().advance(window.multipliedBy(11).dividedBy(20));
                broker.produceAll(Records.spread("r-" + i + "-", counts.get(i)));
                double due = counts.get(i) / (double) windowSeconds;
                double before = i == 0 ? 0 : counts.get(i - 1) / (double) windowSeconds;
                double told = broker.metrics().messagesPerSecond();
                broker.require(
                        near(told, due + before),
                        "produced were %s records, each 0.55 windows of %s after the one before; %s/s are told where %s/s are due"
                                .formatted(counts.subList(0, i + 1), window, told, due + before));
            }
            time.clock().advance(window.multipliedBy(11).dividedBy(10));
            PartitionedMetrics idle = broker.metrics();
            broker.require(
                    idle.messagesPerSecond() == 0 && idle.bytesPerSecond() == 0,
                    "nothing was produced for longer than the window of %s, and the rates are %s/s and %s bytes/s"
                            .formatted(window, idle.messagesPerSecond(), idle.bytesPerSecond()));
        }
    }

    @Test
    @Verifies("L-17")
    default void theErrorRateIsTheShareOfWhatFailed() {
        errors(List.of(0, 1, 2, 0, 3));
    }

    @Property
    @Verifies("L-17")
    default void theErrorRateIsTheShareOfAnyFailures(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 3) Integer> failures) {
        errors(failures);
    }

    private void errors(List<Integer> failures) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this, "L-17", 2, config().rateWindow(Duration.ofDays(365)).build())) {
            List<Integer> left = new java.util.concurrent.CopyOnWriteArrayList<>(failures);
            broker.subscribe(record -> {
                int place = Integer.parseInt(String.valueOf(record.key()).substring(4));
                if (left.set(place, left.get(place) - 1) > 0) {
                    throw new IllegalStateException("fails by plan");
                }
            });
            broker.produceAll(Records.numbered(failures.size(), failures.size()));
            broker.awaitSettled();
            int attempts = broker.recorded().attempts();
            int failed = failures.stream().mapToInt(it -> it).sum();
            double due = (double) failed / (failures.size() + attempts);
            broker.awaitMetrics(
                    "%d produces and %d attempts, of which %d failed, are an error rate of %.4f"
                            .formatted(failures.size(), attempts, failed, due),
                    it -> Math.abs(it.errorRate() - due) < 1e-9);
        }
    }

    /** Every produce but the first waits for room, for as long as a handler takes: latencies cannot be less. Enough of them for samples. */
    @Test
    @Verifies("L-17")
    @Needs(capabilities = Capability.BOUNDED)
    default void latenciesAreThoseThatProducersSee() {
        int count = scaled(300, 60);
        Duration busy = Duration.ofMillis(1);
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this, "L-17", 1, config().partitionCapacity(1).build())) {
            broker.call(
                    "subscribe",
                    timeouts().await(),
                    () -> broker.unrecorded().subscribe(TOPIC, GROUP, record -> LockSupport.parkNanos(busy.toNanos())));
            long[] seen = new long[count];
            broker.run("produce", () -> {
                for (int i = 0; i < count; i++) {
                    long start = System.nanoTime();
                    broker.unrecorded().produce(TOPIC, "key", new byte[8]);
                    seen[i] = System.nanoTime() - start;
                }
            });
            PartitionedMetrics metrics = broker.metrics();
            long longest = Arrays.stream(seen).max().orElse(0);
            broker.require(
                    metrics.p50Latency().toNanos() >= busy.toNanos() / 2
                            && metrics.avgLatency().toNanos() >= busy.toNanos() / 2
                            && metrics.avgLatency().toNanos() <= longest * 1.02
                            && metrics.p99Latency().toNanos() <= longest * 1.02
                            && metrics.p50Latency().compareTo(metrics.p99Latency()) <= 0,
                    "%d produces waited for a handler of %s each, on average %.3f ms and at most %.3f ms; the metrics say %s"
                            .formatted(
                                    count,
                                    busy,
                                    Arrays.stream(seen).average().orElse(0) / 1e6,
                                    longest / 1e6,
                                    metrics));
        }
    }

    @Test
    @Verifies("L-17")
    @Needs(capabilities = Capability.BOUNDED)
    default void refusedRecordsAreNotCounted() {
        PartitionedConfig config = config().partitionCapacity(2)
                .produceTimeout(timeouts().quiet().dividedBy(8))
                .build();
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-17", 1, config)) {
            broker.leave(broker.subscribe(record -> {}));
            broker.produceAll(Records.numbered(2, 1));
            for (int i = 0; i < 2; i++) {
                broker.refused(
                        QueueFullException.class,
                        "produce to a full partition",
                        () -> broker.unrecorded().produce(TOPIC, "key", new byte[8]));
            }
            TopicMetrics counts = broker.metrics().of(TOPIC);
            broker.require(
                    counts.messagesProduced() == 2,
                    "2 records were produced and 2 refused, and the metrics say " + counts);
        }
    }

    /** A produce that found no room failed, as much as an attempt whose handler threw. */
    @Test
    @Verifies("L-17")
    @Needs(capabilities = Capability.BOUNDED)
    default void producesThatFindNoRoomAreInTheErrorRate() {
        PartitionedConfig config = config().partitionCapacity(2)
                .produceTimeout(timeouts().quiet().dividedBy(8))
                .rateWindow(Duration.ofDays(365))
                .build();
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-17", 1, config)) {
            broker.leave(broker.subscribe(record -> {}));
            broker.produceAll(Records.numbered(2, 1));
            broker.refused(
                    QueueFullException.class,
                    "produce to a full partition",
                    () -> broker.unrecorded().produce(TOPIC, "key", new byte[8]));
            broker.refused(
                    QueueFullException.class,
                    "produceAsync to a full partition",
                    () -> broker.unrecorded().produceAsync(TOPIC, Records.of("key", "over")));
            broker.awaitMetrics(
                    "2 records were produced and 2 found no room, which is an error rate of 0.5",
                    it -> Math.abs(it.errorRate() - 0.5) < 1e-9);
        }
    }

    /** Ten of eleven produces fill batches that go at once, one lingers: the median is of those, the 99th percentile of these. */
    @Test
    @Verifies("L-17")
    @Needs(clock = true)
    default void thePercentilesAreThoseOfTheProduces() {
        VirtualTime time = target().virtualTime().orElseThrow();
        Duration linger = Duration.ofSeconds(100);
        PartitionedConfig config = config().linger(linger).batchSize(10).build();
        try (BrokerUnderTest broker =
                BrokerUnderTest.open(this, time.target(), "L-17", Names.fresh("L-17"), 1, config)) {
            for (int i = 0; i < 200; i++) {
                produceWithoutWaiting(broker, 10);
                CompletableFuture<Position> late =
                        produceWithoutWaiting(broker, 1).get(0);
                time.clock().advance(linger);
                broker.call("a produce whose linger has passed", timeouts().await(), late::join);
            }
            PartitionedMetrics metrics = broker.metrics();
            boolean lingered = metrics.avgLatency().compareTo(Duration.ofSeconds(1)) > 0;
            // Nobody must linger; whoever does has two kinds of latencies.
            broker.require(
                    !lingered
                            || (metrics.p50Latency().compareTo(Duration.ofSeconds(1)) < 0
                                    && metrics.p99Latency().compareTo(Duration.ofSeconds(98)) > 0
                                    && metrics.p99Latency().compareTo(Duration.ofSeconds(102)) < 0),
                    "ten of eleven produces took no time and one 100 s; the metrics say " + metrics);
        }
    }

    private List<CompletableFuture<Position>> produceWithoutWaiting(BrokerUnderTest broker, int count) {
        List<CompletableFuture<Position>> futures = IntStream.range(0, count)
                .mapToObj(i -> broker.unrecorded().produceAsync(TOPIC, KeyedMessage.of("key", new byte[8])))
                .toList();
        if (count > 1) {
            futures.forEach(
                    it -> broker.call("a produce in a full batch", timeouts().await(), it::join));
        }
        return futures;
    }

    /** Where there is no server, members of groups are what is connected. */
    @Test
    @Verifies("L-17")
    default void membersOrConnectionsAreCounted() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-17", 2)) {
            boolean remote = claims(Capability.REMOTE);
            List<RecordedMember> members = new ArrayList<>();
            for (int i = 1; i <= 3; i++) {
                members.add(broker.subscribe("group-" + i % 2, record -> {}));
                requireConnections(broker, remote, i);
            }
            broker.leave(members.get(0));
            requireConnections(broker, remote, 2);
            broker.abandon(members.get(1));
            requireConnections(broker, remote, 1);
        }
    }

    private static void requireConnections(BrokerUnderTest broker, boolean remote, int members) {
        broker.awaitMetrics(
                remote ? "a server is connected" : members + " members are there",
                it -> remote ? it.activeConnections() >= 1 : it.activeConnections() == members);
    }
}
