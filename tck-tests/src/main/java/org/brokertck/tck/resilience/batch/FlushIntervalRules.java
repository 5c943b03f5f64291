package org.brokertck.tck.resilience.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.resilience.BatchConfig;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.tck.check.resilience.Flush;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** A batch that is not full is flushed when its first item has waited for the interval, and no sooner. */
public interface FlushIntervalRules extends BatchRules {
    /** Long enough that no wall clock could pass for the manual one. */
    Duration INTERVAL = Duration.ofHours(1);

    /** What is left out so that a clock of milliseconds is no fault. */
    Duration GRANULARITY = Duration.ofMillis(1);

    private BatchUnderTest onClock(VirtualTime time, BatchConfig.Builder config) {
        return BatchUnderTest.open(
                this,
                time.target(),
                "K-1",
                Names.fresh("K-1"),
                config.flushInterval(INTERVAL).build());
    }

    @Test
    @Verifies("K-1")
    @Needs(clock = true)
    default void theIntervalCountsFromTheFirstItem() {
        VirtualTime time = target().virtualTime().orElseThrow();
        try (BatchUnderTest batch = onClock(time, config().batchSize(10))) {
            time.clock().advance(INTERVAL.multipliedBy(3));
            batch.requireNoFlushAfter(0, "nothing was added");
            batch.add("a");
            time.clock().advance(INTERVAL.dividedBy(2));
            batch.add("b");
            time.clock().advance(INTERVAL.dividedBy(2).minus(GRANULARITY));
            batch.requireNoFlushAfter(0, "the first item has waited for less than the interval of " + INTERVAL);
            batch.add("c");
            time.clock().advance(GRANULARITY.multipliedBy(2));
            batch.requireLastFlush(1, "a", "b", "c");
            // The next one counts from its own first item, not from the last flush.
            time.clock().advance(INTERVAL.multipliedBy(3).dividedBy(4));
            batch.add("d");
            time.clock().advance(INTERVAL.minus(GRANULARITY));
            batch.requireNoFlushAfter(1, "the first item has waited for less than the interval of " + INTERVAL);
            time.clock().advance(GRANULARITY.multipliedBy(2));
            batch.requireLastFlush(2, "d");
            batch.requireSound();
        }
    }

    /** What a full batch leaves behind has waited since it was added. */
    @Test
    @Verifies("K-1")
    @Needs(clock = true)
    default void whatAFullBatchLeavesBehindWaitsFromItsOwnTime() {
        VirtualTime time = target().virtualTime().orElseThrow();
        try (BatchUnderTest batch = onClock(time, config())) {
            batch.add("a");
            time.clock().advance(INTERVAL.dividedBy(2));
            batch.add("b", "c", "d");
            batch.requireLastFlush(1, "a", "b", "c");
            time.clock().advance(INTERVAL.dividedBy(4));
            batch.add("e");
            time.clock()
                    .advance(INTERVAL.dividedBy(2).plus(INTERVAL.dividedBy(4)).minus(GRANULARITY));
            batch.requireNoFlushAfter(1, "what the full batch left behind has waited for less than " + INTERVAL);
            time.clock().advance(GRANULARITY.multipliedBy(2));
            batch.requireLastFlush(2, "d", "e");
            batch.requireSound();
        }
    }

    /** So has what came while a flush was running. */
    @Test
    @Verifies("K-1")
    @Needs(clock = true)
    default void whatComesDuringAFlushWaitsFromItsOwnTime() {
        VirtualTime time = target().virtualTime().orElseThrow();
        try (BatchUnderTest batch = onClock(time, config())) {
            CountDownLatch gate = new CountDownLatch(1);
            batch.handler().holdBehind(gate);
            batch.add("a", "b", "c");
            batch.await("the first flush", () -> batch.handler().inside() == 1);
            batch.add("d");
            time.clock().advance(INTERVAL.dividedBy(2));
            gate.countDown();
            batch.requireLastFlush(1, "a", "b", "c");
            batch.requireUnflushed(List.of("d"));
            time.clock().advance(INTERVAL.dividedBy(2).minus(GRANULARITY));
            batch.requireNoFlushAfter(1, "what came during the flush has waited for less than " + INTERVAL);
            time.clock().advance(GRANULARITY.multipliedBy(2));
            batch.requireLastFlush(2, "d");
            batch.requireSound();
        }
    }

    /** What had to wait for room has waited for its flush since it was added, which is when it was let in. */
    @Test
    @Verifies("K-1")
    @Needs(clock = true)
    default void whatHadToWaitForRoomWaitsFromItsOwnTime() {
        VirtualTime time = target().virtualTime().orElseThrow();
        try (BatchUnderTest batch = onClock(time, config().capacity(3).addTimeout(INTERVAL.multipliedBy(10)))) {
            CountDownLatch gate = new CountDownLatch(1);
            batch.handler().holdBehind(gate);
            batch.add("a", "b", "c");
            batch.await("the first flush", () -> batch.handler().inside() == 1);
            Running<Boolean> add =
                    Bounded.startRun("add", () -> batch.unrecorded().add("d"));
            batch.require(batch.stays(StillWaiting.in(add)), "an add returned where there was no room");
            time.clock().advance(INTERVAL.dividedBy(2));
            gate.countDown();
            batch.run(
                    "an add that waited for room",
                    timeouts().await(),
                    () -> add.await(timeouts().await().dividedBy(2)));
            batch.noteAdded("d");
            time.clock().advance(INTERVAL.minus(GRANULARITY));
            batch.requireNoFlushAfter(
                    1,
                    "what waited for room for half the interval of %s was in for less than that".formatted(INTERVAL));
            time.clock().advance(GRANULARITY.multipliedBy(2));
            batch.requireLastFlush(2, "d");
            batch.requireSound();
        }
    }

    /** And so has what was behind a full batch that had to wait for that flush. */
    @Test
    @Verifies("K-1")
    @Needs(clock = true)
    default void whatIsBehindABatchThatHadToWaitHasWaitedToo() {
        VirtualTime time = target().virtualTime().orElseThrow();
        try (BatchUnderTest batch = onClock(time, config())) {
            CountDownLatch gate = new CountDownLatch(1);
            batch.handler().holdBehind(gate);
            batch.add("a", "b", "c");
            batch.await("the first flush", () -> batch.handler().inside() == 1);
            batch.add("d", "e", "f", "g");
            time.clock().advance(INTERVAL.dividedBy(2));
            gate.countDown();
            batch.requireLastFlush(2, "d", "e", "f");
            batch.requireUnflushed(List.of("g"));
            time.clock().advance(INTERVAL.dividedBy(2).minus(GRANULARITY));
            batch.requireNoFlushAfter(2, "what was behind the full batch has waited for less than " + INTERVAL);
            time.clock().advance(GRANULARITY.multipliedBy(2));
            batch.requireLastFlush(3, "g");
            batch.requireSound();
        }
    }

    /** One step of a schedule. */
    enum Step {
        /** An item is added. */
        ADD,
        /** Two items are added. */
        ADD_TWO,
        /** A tenth of the interval passes. */
        PASS,
        /** Four tenths pass. */
        PASS_LONGER,
        /** More than the whole interval passes. */
        PASS_ALL
    }

    /** Adds and pauses, with the flushes that are due after each. */
    @Property
    @Verifies("K-1")
    @Needs(clock = true)
    default void sizeOrIntervalWhicheverIsFirst(@ForAll @Size(min = 1, max = 30) List<Step> steps) {
        VirtualTime time = target().virtualTime().orElseThrow();
        try (BatchUnderTest batch = onClock(time, config())) {
            FlushPlan plan = new FlushPlan(batch.config());
            for (Step step : steps) {
                switch (step) {
                    case ADD -> add(batch, plan, 1);
                    case ADD_TWO -> add(batch, plan, 2);
                    case PASS -> pass(batch, plan, time, 1);
                    case PASS_LONGER -> pass(batch, plan, time, 4);
                    case PASS_ALL -> pass(batch, plan, time, 11);
                }
            }
            batch.closeNow();
            batch.requireSound();
        }
    }

    private static void add(BatchUnderTest batch, FlushPlan plan, int count) {
        for (int i = 0; i < count; i++) {
            plan.add();
        }
        batch.addNumbered(count);
        requirePlanned(batch, plan);
    }

    private static void pass(BatchUnderTest batch, FlushPlan plan, VirtualTime time, int tenths) {
        // A millisecond beside the tenths, so that no sum of them falls on the very end of the interval.
        Duration passed = INTERVAL.dividedBy(10).multipliedBy(tenths).plus(GRANULARITY);
        time.clock().advance(passed);
        plan.pass(passed);
        requirePlanned(batch, plan);
    }

    private static void requirePlanned(BatchUnderTest batch, FlushPlan plan) {
        List<List<String>> due = plan.flushes();
        // A moment longer, for a flush that comes too soon.
        Polling.until(
                batch.timeouts().quiet().dividedBy(50),
                () -> batch.handler().flushes().size() > due.size(),
                it -> it);
        List<List<String>> flushes = new ArrayList<>();
        for (Flush flush : batch.awaitFlushes(due.size())) {
            flushes.add(flush.items());
        }
        batch.require(flushes.equals(due), "the flushes are %s where %s are due".formatted(flushes, due));
    }

    @Test
    @Verifies("K-1")
    default void byTheWallClockTooTheIntervalIsKept() {
        Duration interval = timeouts().quiet();
        try (BatchUnderTest batch = BatchUnderTest.open(
                this, "K-1", config().flushInterval(interval).build())) {
            for (int i = 1; i <= 2; i++) {
                long start = System.nanoTime();
                batch.add("first-" + i, "second-" + i);
                batch.requireLastFlush(i, "first-" + i, "second-" + i);
                Duration taken = Duration.ofNanos(System.nanoTime() - start);
                batch.require(
                        taken.compareTo(interval.minus(GRANULARITY)) >= 0
                                && taken.compareTo(interval.plus(timeouts().tolerance())) <= 0,
                        "a batch was flushed %s after its first item was added, where the interval is %s"
                                .formatted(taken, interval));
            }
        }
    }
}
