package org.brokertck.tck.resilience.batch;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.resilience.BatchMetrics;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.tck.check.resilience.Flush;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.Thrown;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** A flush that fails loses nothing: the batch comes again as it was, after the retry delay, before anything else. */
public interface FailedFlushRules extends BatchRules {
    @Test
    @Verifies("K-1")
    default void aFailedBatchComesAgainAsItWas() {
        try (BatchUnderTest batch = BatchUnderTest.open(this, "K-1", config().build())) {
            batch.handler().failNext(new IOException("planned"), new IllegalStateException("planned"));
            batch.add("a", "b", "c");
            batch.requireLastFlush(3, "a", "b", "c");
            batch.requireMetrics(new BatchMetrics(3, 3, 1, 2));
            batch.add("d", "e", "f");
            batch.requireLastFlush(4, "d", "e", "f");
            batch.requireUnflushed(List.of());
            batch.requireSound();
        }
    }

    @Test
    @Verifies("K-1")
    @Needs(clock = true)
    default void aFailedBatchComesAgainAfterTheRetryDelay() {
        Duration delay = Duration.ofMinutes(10);
        VirtualTime time = target().virtualTime().orElseThrow();
        try (BatchUnderTest batch = BatchUnderTest.open(
                this,
                time.target(),
                "K-1",
                Names.fresh("K-1"),
                config().flushInterval(Duration.ofMinutes(1)).retryDelay(delay).build())) {
            List<Instant> times = new CopyOnWriteArrayList<>();
            batch.handler().meddle(items -> times.add(time.clock().now()));
            batch.handler().failNext(new IOException("planned"), new IOException("planned"));
            batch.add("a");
            time.clock().advance(Duration.ofMinutes(1).plusMillis(1));
            batch.requireLastFlush(1, "a");
            batch.requireMetrics(new BatchMetrics(1, 0, 0, 1));
            String tooSoon = "a flush failed less than the retry delay of " + delay + " ago";
            Duration pause = delay.dividedBy(5);
            // More comes meanwhile, enough for a batch: that waits, and the first one stays as it was.
            for (String more : List.of("b", "c", "d")) {
                batch.add(more);
                batch.requireNoFlushAfter(1, tooSoon);
                time.clock().advance(pause);
            }
            for (int i = 2; i <= 3; i++) {
                time.clock().advance(delay.minusSeconds(1).minus(i == 2 ? pause.multipliedBy(3) : Duration.ZERO));
                batch.requireNoFlushAfter(i - 1, tooSoon);
                batch.requireUnflushed(List.of("a", "b", "c", "d"));
                time.clock().advance(Duration.ofMillis(1001));
                batch.await("the flush after the retry delay", new AtLeast(batch, i));
                // One that began too soon may have come only when nobody looked any more.
                batch.require(
                        Duration.between(times.get(i - 2), times.get(i - 1)).compareTo(delay) >= 0,
                        "%s when it was flushed again: the flushes began at %s".formatted(tooSoon, times));
                batch.require(
                        batch.handler().flushes().get(i - 1).items().equals(List.of("a")),
                        "the flush of [a] failed, and what was flushed next is "
                                + batch.handler().flushes().get(i - 1).items());
                if (i == 2) {
                    batch.requireMetrics(new BatchMetrics(4, 0, 0, 2));
                }
            }
            batch.requireLastFlush(4, "b", "c", "d");
            batch.requireSound();
        }
    }

    /** However long the flush itself took, which is no part of it. */
    @Test
    @Verifies("K-1")
    default void theRetryDelayBeginsWhereTheFlushHasFailed() {
        Duration slow = timeouts().quiet();
        Duration delay = slow.multipliedBy(2);
        List<Long> begins = new CopyOnWriteArrayList<>();
        List<Long> ends = new CopyOnWriteArrayList<>();
        try (BatchUnderTest batch =
                BatchUnderTest.open(this, "K-1", config().retryDelay(delay).build())) {
            batch.handler().meddle(items -> {
                begins.add(System.nanoTime());
                Polling.until(slow, () -> false, it -> it);
                ends.add(System.nanoTime());
            });
            batch.handler().failNext(new IOException("planned"));
            batch.addNumbered(3);
            batch.awaitFlushes(2);
            Duration pause = Duration.ofNanos(begins.get(1) - ends.get(0));
            batch.require(
                    pause.plusMillis(1).compareTo(delay) >= 0,
                    "a flush that took %s was repeated %s after it had failed, where the retry delay is %s"
                            .formatted(slow, pause, delay));
        }
    }

    /** Whether the handler was called so often. */
    record AtLeast(BatchUnderTest batch, int flushes) implements java.util.function.BooleanSupplier {
        @Override
        public boolean getAsBoolean() {
            return batch.handler().flushes().size() >= flushes;
        }
    }

    @Test
    @Verifies("G-12")
    default void anErrorIsAFailedFlushLikeAnyOther() {
        failByAll(List.of(Thrown.values()));
    }

    @Property
    @Verifies("G-12")
    default void whateverTheHandlerThrowsFlushesGoOn(@ForAll @Size(min = 1, max = 8) List<Thrown> failures) {
        failByAll(failures);
    }

    private void failByAll(List<Thrown> failures) {
        try (BatchUnderTest batch = BatchUnderTest.open(this, "G-12", config().build())) {
            failures.forEach(it -> batch.handler().failNext(it.thrown()));
            batch.addNumbered(6);
            List<Flush> flushes = batch.awaitFlushes(failures.size() + 2);
            batch.require(
                    flushes.get(failures.size() + 1).succeeded(),
                    "after %s the flushes are %s".formatted(failures, flushes));
            batch.requireSound();
        }
    }

    /** A handler that leaves its thread interrupted disturbs nobody but itself. */
    @Test
    @Verifies("G-12")
    default void aHandlerThatLeavesAnInterruptDisturbsNobody() {
        try (BatchUnderTest batch = BatchUnderTest.open(
                this, "G-12", config().flushInterval(timeouts().quiet()).build())) {
            batch.handler().meddle(any -> Thread.currentThread().interrupt());
            for (int i = 1; i <= 3; i++) {
                batch.addNumbered(1);
                batch.awaitFlushes(i);
            }
            batch.requireSound();
        }
    }

    @Test
    @Verifies("G-8")
    default void whatAHandlerDoesToItsListChangesNothing() {
        meddle(List.of(true, false, true));
    }

    /** Each flush clears its list or keeps it, and about every second one fails after that. */
    @Property
    @Verifies("G-8")
    default void howeverHandlersMeddleNothingIsLost(@ForAll @Size(min = 1, max = 6) List<Boolean> failing) {
        meddle(failing);
    }

    /** What was not flushed at the time: neither a view of what is there, nor a way to it. */
    @Test
    @Verifies("G-8")
    default void whatWasToldAsUnflushedNeverChanges() {
        CountDownLatch gate = new CountDownLatch(1);
        try (BatchUnderTest batch = BatchUnderTest.open(this, "G-8", config().build())) {
            try {
                batch.handler().holdBehind(gate);
                batch.addNumbered(3);
                batch.await("a flush", () -> batch.handler().inside() == 1);
                List<String> due = List.of("i-0", "i-1", "i-2");
                List<String> told = batch.call("unflushed", batch.unrecorded()::unflushed);
                tryToClear(batch.call("unflushed", batch.unrecorded()::unflushed));
                batch.requireUnflushed(due);
                gate.countDown();
                batch.requireUnflushed(List.of());
                batch.require(
                        told.equals(due),
                        "unflushed() gave %s, and that list became %s when they were flushed".formatted(due, told));
            } finally {
                gate.countDown();
            }
            batch.requireSound();
        }
    }

    private void meddle(List<Boolean> failing) {
        try (BatchUnderTest batch = BatchUnderTest.open(this, "G-8", config().build())) {
            List<List<String>> kept = new ArrayList<>();
            List<List<String>> copies = new ArrayList<>();
            batch.handler().meddle(items -> {
                copies.add(List.copyOf(items));
                if (copies.size() % 2 == 0) {
                    kept.add(items);
                } else {
                    kept.add(List.copyOf(items));
                    tryToClear(items);
                }
            });
            for (boolean fails : failing) {
                if (fails) {
                    batch.handler().failNext(new IOException("planned"));
                }
                batch.addNumbered(3);
            }
            int due = failing.size() + (int) failing.stream().filter(it -> it).count();
            batch.awaitFlushes(due);
            batch.requireUnflushed(List.of());
            batch.require(
                    kept.equals(copies),
                    "lists that a handler was given held %s then, and hold %s now".formatted(copies, kept));
            batch.addNumbered(2);
            List<String> unflushed = batch.call("unflushed", batch.unrecorded()::unflushed);
            tryToClear(unflushed);
            batch.closeNow();
            batch.requireSound();
        }
    }

    private static void tryToClear(List<String> items) {
        try {
            items.clear();
        } catch (UnsupportedOperationException e) {
            // A list that nobody can change needs no protection.
        }
    }

    @Property
    @Verifies("K-1")
    default void anyNumberOfFailuresLosesNothing(
            @ForAll @IntRange(min = 1, max = 4) int batchSize, @ForAll @Size(max = 8) List<Boolean> failing) {
        try (BatchUnderTest batch = BatchUnderTest.open(
                this,
                "K-1",
                config().batchSize(batchSize).retryDelay(Duration.ZERO).build())) {
            failing.forEach(it -> batch.handler().failNext(it ? new IOException("planned") : new Planned()));
            batch.addNumbered(batchSize * 3 + 1);
            batch.closeNow();
            batch.requireUnflushed(List.of());
            batch.requireSound();
        }
    }

    /** An error of the kind that a catch of Exception lets pass. */
    final class Planned extends Error {
        private static final long serialVersionUID = 1L;

        Planned() {
            super("planned");
        }
    }
}
