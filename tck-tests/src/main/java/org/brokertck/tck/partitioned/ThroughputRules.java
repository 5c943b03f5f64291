package org.brokertck.tck.partitioned;

import static org.brokertck.tck.partitioned.BrokerUnderTest.TOPIC;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedMetrics;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Many records, every one handled, none twice, and fast. */
public interface ThroughputRules extends PartitionedRules {
    /** What the rule asks for, in records a second. */
    int ASKED = 50_000;

    /** The share of what is asked below which nobody blames the machine; also, in milliseconds, the longest produce on average. */
    int GRACE = 50;

    /** As many as in the seed's benchmark. */
    int PRODUCERS = 10;

    /**
     * The seed's benchmark: ten producers at a time, a thousand keys, four partitions; fewer records where they take long. What is
     * measured is reported, and judged only where it is so far from what is asked that no machine explains it.
     */
    @Test
    @Verifies("L-20")
    default void theSeedsBenchmarkIsPassedAtSpeed(TestReporter reporter) {
        int each = scaled(20_000, 400);
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-20", 4)) {
            LongAdder handled = new LongAdder();
            broker.call(
                    "subscribe",
                    timeouts().await(),
                    () -> broker.unrecorded().subscribe(TOPIC, "benchmark", record -> handled.increment()));
            long start = System.nanoTime();
            List<Running<Integer>> running = IntStream.range(0, PRODUCERS)
                    .mapToObj(p -> Bounded.start("producer-" + p, () -> benchmark(broker.unrecorded(), each)))
                    .toList();
            long records = running.stream()
                    .mapToLong(it -> broker.join("the seed's benchmark", it))
                    .sum();
            boolean done = broker.happensWithin(timeouts().await(), () -> handled.sum() == records);
            double seconds = (System.nanoTime() - start) / 1e9;
            broker.require(done, "%d records were produced, and %d handled".formatted(records, handled.sum()));
            PartitionedMetrics metrics = broker.metrics();
            double rate = records / seconds;
            double milliseconds = metrics.avgLatency().toNanos() / 1e6;
            reporter.publishEntry(
                    "throughput",
                    String.format(
                            Locale.ROOT, "%.0f records/s end to end, produce on average %.3f ms", rate, milliseconds));
            broker.require(
                    rate >= leastRate() && milliseconds <= GRACE,
                    String.format(
                            Locale.ROOT,
                            "%.0f records/s end to end, where %d are asked for and %d are the least; produce took %.3f ms"
                                    + " on average, where 1 ms is asked for and %d ms are the most",
                            rate,
                            ASKED,
                            leastRate(),
                            milliseconds,
                            GRACE));
        }
    }

    /**
     * In records a second. Producers that wait for a server's answer each time cannot have more than one record each in
     * the time that a produce may take, so nothing beyond that is held against a remote target.
     */
    private int leastRate() {
        return claims(Capability.REMOTE) ? PRODUCERS * 1000 / GRACE : ASKED / GRACE;
    }

    /** How many of so many records were produced in most of the time that the kit waits for anything. */
    private int benchmark(PartitionedBroker broker, int most) {
        long end = System.nanoTime()
                + timeouts().await().multipliedBy(3).dividedBy(4).toNanos();
        byte[] payload = "benchmark message payload".getBytes(StandardCharsets.UTF_8);
        int produced = 0;
        while (produced < most && System.nanoTime() < end) {
            broker.produce(TOPIC, "key-" + ThreadLocalRandom.current().nextInt(1000), payload);
            produced++;
        }
        return produced;
    }

    /** Counts in an array, for a million objects would be the test's own load. */
    @Test
    @Verifies("L-21")
    default void ofAMillionRecordsEveryOneIsHandledAndNoneTwice(TestReporter reporter) {
        boolean remote = claims(Capability.REMOTE);
        int most = 1_000_000;
        int least = remote ? 20_000 : most;
        Duration time = remote ? timeouts().await() : Duration.ofDays(1);
        int producers = 4;
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-21", 4)) {
            AtomicIntegerArray handled = new AtomicIntegerArray(most);
            AtomicLong count = new AtomicLong();
            LongAdder strange = new LongAdder();
            for (int i = 0; i < 2; i++) {
                broker.call(
                        "subscribe",
                        timeouts().await(),
                        () -> broker.unrecorded().subscribe(TOPIC, "counting", record -> {
                            int number = record.valueBuffer().getInt();
                            if (number < 0 || number >= most) {
                                strange.increment();
                            } else if (handled.getAndIncrement(number) == 0) {
                                count.incrementAndGet();
                            }
                        }));
            }
            long start = System.nanoTime();
            List<Running<Integer>> running = IntStream.range(0, producers)
                    .mapToObj(p -> Bounded.start(
                            "producer-" + p,
                            () -> produceNumbered(broker.unrecorded(), p, producers, most, least, start, time)))
                    .toList();
            long produced = 0;
            for (Running<Integer> it : running) {
                produced += broker.call(
                        "produce",
                        timeouts().recovery().multipliedBy(2),
                        () -> it.await(timeouts().recovery()));
            }
            long all = produced;
            awaitProgress(broker, count, all);
            double seconds = (System.nanoTime() - start) / 1e9;
            long twice =
                    IntStream.range(0, most).filter(i -> handled.get(i) > 1).count();
            broker.require(
                    count.get() == all && twice == 0 && strange.sum() == 0,
                    "of %d records %d were handled, %d of them more than once, and %d that nobody had produced"
                            .formatted(all, count.get(), twice, strange.sum()));
            broker.require(
                    all >= least,
                    "%d records were produced in %.1f s, where %d are the least".formatted(all, seconds, least));
            reporter.publishEntry(
                    "delivery", String.format(Locale.ROOT, "%d records, each handled once, in %.1f s", all, seconds));
        }
    }

    /** Waits as long as records keep being handled. */
    private void awaitProgress(BrokerUnderTest broker, AtomicLong count, long all) {
        long before = -1;
        while (count.get() < all && count.get() != before) {
            before = count.get();
            long seen = before;
            broker.happensWithin(timeouts().await().dividedBy(3), () -> count.get() > seen);
            long next = Math.min(all, count.get() + 10_000);
            broker.happensWithin(timeouts().tolerance(), () -> count.get() >= next);
        }
    }

    /** Produces every fourth number or so, in batches and one by one, until all are done or the time is up. */
    private static int produceNumbered(
            PartitionedBroker broker, int first, int step, int most, int least, long start, Duration time) {
        int produced = 0;
        List<KeyedMessage> batch = new java.util.ArrayList<>();
        java.util.ArrayDeque<java.util.concurrent.CompletableFuture<?>> open = new java.util.ArrayDeque<>();
        for (int number = first; number < most; number += step) {
            if (produced >= least / step && System.nanoTime() - start > time.toNanos()) {
                break;
            }
            KeyedMessage message = KeyedMessage.of(
                    "key-" + ThreadLocalRandom.current().nextInt(1000),
                    ByteBuffer.allocate(25).putInt(number).array());
            if (produced / 100 % 2 == 0) {
                open.add(broker.produceAsync(TOPIC, message));
            } else {
                batch.add(message);
            }
            produced++;
            if (batch.size() == 100) {
                broker.produceBatch(TOPIC, batch);
                batch.clear();
            }
            while (open.size() > 1000) {
                open.remove().join();
            }
        }
        broker.produceBatch(TOPIC, batch);
        open.forEach(java.util.concurrent.CompletableFuture::join);
        return produced;
    }
}
