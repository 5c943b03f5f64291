package org.brokertck.tck.partitioned;

import static org.brokertck.tck.partitioned.BrokerUnderTest.GROUP;
import static org.brokertck.tck.partitioned.BrokerUnderTest.TOPIC;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.partitioned.DeadRecord;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.tck.check.partitioned.DeadRecordsTell;
import org.brokertck.tck.check.partitioned.HandledOnce;
import org.brokertck.tck.check.partitioned.KeysInOrder;
import org.brokertck.tck.check.partitioned.NothingLost;
import org.brokertck.tck.check.partitioned.RetriedInPlace;
import org.brokertck.tck.history.partitioned.RecordId;
import org.brokertck.tck.history.partitioned.RecordedMember;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Rest;
import org.brokertck.tck.workload.partitioned.PartitionedWorkload;
import org.brokertck.tck.workload.partitioned.PartitionedWorkloads;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A record that fails is retried before the next one, and set aside when its attempts are used up. */
public interface RetryInPlaceRules extends PartitionedRules {
    /** A handler may fail anywhere within the last step of the clock, and a clock may count milliseconds. */
    long GRANULARITY_MILLIS = 1;

    @Test
    @Verifies("L-15")
    default void aRecordThatFailsIsRetriedBeforeTheNextOne() {
        failing(3, List.of(0, 2, 1, 0, 2, 0));
    }

    @Test
    @Verifies("L-15")
    default void aRecordThatAlwaysFailsIsSetAsideAndThePartitionGoesOn() {
        failing(3, List.of(3, 0, 3, 3, 0));
        failing(1, List.of(1, 0, 1, 0));
    }

    @Property
    @Verifies("L-15")
    default void recordsThatFailAnyNumberOfTimesAreRetriedInPlaceOrSetAside(
            @ForAll @IntRange(min = 1, max = 5) int limit,
            @ForAll @Size(min = 1, max = 8) List<@IntRange(max = 5) Integer> failures) {
        failing(limit, failures.stream().map(it -> Math.min(it, limit)).toList());
    }

    /** Each record of one partition fails so often. */
    private void failing(int limit, List<Integer> failures) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this, "L-15", 1, config().deliveryLimit(limit).build())) {
            List<AtomicInteger> left = failures.stream().map(AtomicInteger::new).toList();
            broker.subscribe(record -> {
                int place = Integer.parseInt(RecordId.of(record).substring(2));
                if (left.get(place).getAndDecrement() > 0) {
                    throw new IllegalStateException(
                            "fails by plan, " + left.get(place) + " times more",
                            new IllegalArgumentException("which lies behind it"));
                }
            });
            broker.produceAll(Records.numbered(failures.size(), 2));
            broker.judgeSettled(new NothingLost()
                    .and(new RetriedInPlace())
                    .and(new HandledOnce())
                    .and(new KeysInOrder())
                    .and(new DeadRecordsTell()));
            List<String> aside = ids(broker.deadRecords(TOPIC));
            List<String> due = IntStream.range(0, failures.size())
                    .filter(i -> failures.get(i) >= limit)
                    .mapToObj(i -> "r-" + i)
                    .toList();
            broker.require(
                    aside.equals(due),
                    "set aside were %s, in this order; the dead letters list %s".formatted(due, aside));
        }
    }

    private static List<String> ids(List<DeadRecord> dead) {
        return dead.stream().map(it -> RecordId.of(it.record())).toList();
    }

    @Property
    @Verifies("L-15")
    default void whateverFailsIsRetriedInPlaceOrSetAside(
            @ForAll(supplier = PartitionedWorkloads.ComingAndGoing.class) PartitionedWorkload workload) {
        PartitionedDriver.judge(
                this,
                "L-15",
                workload,
                new NothingLost().and(new RetriedInPlace()).and(new DeadRecordsTell()));
    }

    /** What one group sets aside is still due to the others. */
    @Test
    @Verifies("L-15")
    default void eachGroupFailsForItself() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-15", 2)) {
            broker.subscribe("fails", record -> fail("always"));
            broker.subscribe("fails-too", record -> {
                if (record.partition() == 0) {
                    fail("in partition 0");
                }
            });
            broker.subscribe("succeeds", record -> {});
            broker.produceAll(Records.spread("r-", 8));
            broker.judgeSettled(new NothingLost().and(new RetriedInPlace()).and(new DeadRecordsTell()));
        }
    }

    private static void fail(String why) {
        throw new IllegalStateException("fails " + why);
    }

    @Test
    @Verifies("L-15")
    default void deadLettersAreListedWithoutBeingRemovedAndPurgedForGood() {
        try (BrokerUnderTest broker =
                BrokerUnderTest.open(this, "L-15", 1, config().deliveryLimit(1).build())) {
            broker.createTopic("other", 1);
            broker.subscribe(record -> fail("always"));
            broker.subscribe("other", GROUP, record -> fail("always"));
            broker.produceAll(Records.numbered(5, 2));
            broker.produce("other", Records.of("key", "of-other"));
            broker.judgeSettled(new DeadRecordsTell());
            for (int limit : List.of(1, 3, 5, 6, Integer.MAX_VALUE)) {
                List<String> listed = ids(broker.call(
                        "list",
                        timeouts().await(),
                        () -> broker.unrecorded().deadLetters(TOPIC).list(limit)));
                List<String> due = IntStream.range(0, Math.min(5, limit))
                        .mapToObj(i -> "r-" + i)
                        .toList();
                broker.require(
                        listed.equals(due),
                        "the oldest %d dead letters are %s, where %s were due".formatted(limit, listed, due));
            }
            requirePurged(broker, 5);
            requirePurged(broker, 0);
            broker.require(
                    ids(broker.deadRecords("other")).equals(List.of("of-other")),
                    "after the purge of another topic its dead letters are " + broker.deadRecords("other"));
            broker.produce(Records.of("key", "r-5"));
            broker.await(
                    "the dead letter of a later record",
                    () -> ids(broker.deadRecords(TOPIC)).equals(List.of("r-5")));
        }
    }

    private void requirePurged(BrokerUnderTest broker, int due) {
        int purged = broker.call(
                "purge",
                timeouts().await(),
                () -> broker.unrecorded().deadLetters(TOPIC).purge());
        broker.require(purged == due, "purge of %d dead letters says %d".formatted(due, purged));
        broker.require(broker.deadRecords(TOPIC).isEmpty(), "after a purge there are " + broker.deadRecords(TOPIC));
    }

    /** What was set aside is done with: nobody who comes later is given it. */
    @Test
    @Verifies("L-15")
    default void whatWasSetAsideIsNotAttemptedAgain() {
        try (BrokerUnderTest broker =
                BrokerUnderTest.open(this, "L-15", 2, config().deliveryLimit(2).build())) {
            RecordedMember first = broker.subscribe(record -> fail("always"));
            broker.produceAll(Records.spread("r-", 6));
            broker.awaitSettled();
            broker.leave(first);
            int attempts = broker.recorded().attempts();
            broker.subscribe(record -> {});
            broker.require(
                    broker.stays(() -> broker.recorded().attempts() == attempts),
                    "records that had been set aside were attempted by the next member of the group");
            broker.produceAll(Records.spread("after-", 4));
            broker.judgeSettled(new NothingLost().and(new DeadRecordsTell()));
        }
    }

    /** An attempt that fails on one member goes on being counted on the next one. */
    @Test
    @Verifies("L-15")
    default void aRecordKeepsItsAttemptsWhenItsMemberLeaves() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this,
                "L-15",
                1,
                config().deliveryLimit(4)
                        .backoff(Backoff.fixed(timeouts().quiet()))
                        .build())) {
            RecordedMember first = broker.subscribe(record -> fail("at first"));
            broker.produce(Records.of("key", "fails"));
            broker.produce(Records.of("key", "next"));
            broker.await("the second attempt", () -> broker.recorded().attempts() >= 2);
            broker.leave(first);
            broker.subscribe(record -> {
                if (RecordId.of(record).equals("fails")) {
                    fail("at its end");
                }
            });
            broker.judgeSettled(new NothingLost().and(new RetriedInPlace()).and(new KeysInOrder()));
        }
    }

    @Test
    @Verifies("L-15")
    @Needs(clock = true)
    default void attemptsKeepTheDelaysOfTheBackoff() {
        delays(new Backoff(Duration.ofMinutes(1), 3, Duration.ofMinutes(5), 0), 5);
    }

    @Property
    @Verifies("L-15")
    @Needs(clock = true)
    default void attemptsKeepTheDelaysOfAnyBackoff(
            @ForAll @IntRange(min = 5, max = 100_000) int initialMillis,
            @ForAll @IntRange(min = 1, max = 5) int multiplier,
            @ForAll @IntRange(min = 2, max = 4) int limit) {
        delays(new Backoff(Duration.ofMillis(initialMillis), multiplier, Duration.ofMillis(200_000), 0), limit);
    }

    /** The clock stops short of each delay, where nothing may happen, and at its end, where the next attempt is due. */
    private void delays(Backoff backoff, int limit) {
        VirtualTime time = target().virtualTime().orElseThrow();
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this,
                time.target(),
                "L-15",
                Names.fresh("L-15"),
                1,
                config().deliveryLimit(limit).backoff(backoff).build())) {
            AtomicReference<@Nullable Thread> worker = new AtomicReference<>();
            broker.subscribe(record -> {
                worker.set(Thread.currentThread());
                fail("always");
            });
            broker.produce(Records.of("key", "fails"));
            List<Duration> delays = new ArrayList<>();
            for (int k = 0; k < limit; k++) {
                int due = k + 1;
                broker.await(
                        "attempt " + k + " after " + delays,
                        () -> broker.recorded().attempts() >= due
                                && broker.recorded().running() == 0);
                if (due == limit) {
                    break;
                }
                long delay = (long) Math.min(
                        (double) backoff.maxDelay().toMillis(),
                        (double) backoff.initialDelay().toMillis() * Math.pow(backoff.multiplier(), k));
                delays.add(Duration.ofMillis(delay));
                // The wait begins when the broker has taken note of the failure, a moment after the handler has thrown.
                awaitRetry(broker, worker.get());
                // Each attempt may have come while the clock stepped over its time, and so be a step ahead of the
                // clock.
                long before = delay - (k + 2) * GRANULARITY_MILLIS;
                time.clock().advance(Duration.ofMillis(before));
                awaitRetry(broker, worker.get());
                broker.require(
                        broker.recorded().attempts() == due,
                        "attempt %d came within %d ms of the failure before, where %d ms are due"
                                .formatted(due, before + GRANULARITY_MILLIS, delay));
                time.clock().advance(Duration.ofMillis(delay - before + GRANULARITY_MILLIS));
            }
            broker.judgeSettled(new DeadRecordsTell());
        }
    }

    /** Until the thread that handled the last attempt has found something to wait for, and a moment longer. */
    private void awaitRetry(BrokerUnderTest broker, @Nullable Thread worker) {
        broker.happensWithin(timeouts().await(), () -> worker == null || Rest.of(worker));
        int attempts = broker.recorded().attempts();
        broker.recorded()
                .await(
                        () -> broker.recorded().attempts() > attempts,
                        timeouts().quiet().dividedBy(10));
    }
}
