package org.brokertck.tck.resilience.batch;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.ClosedException;
import org.brokertck.api.resilience.BatchMetrics;
import org.brokertck.tck.run.Costly;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.scenario.ThreadCensus;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Closing flushes what is there, is final and repeatable, ends in time, tells what it could not flush, and leaves no thread behind. */
public interface BatchClosingRules extends BatchRules {
    @Test
    @Verifies("K-1")
    default void closeFlushesWhatIsThere() {
        try (BatchUnderTest batch = BatchUnderTest.open(this, "K-1", config().build())) {
            batch.addNumbered(5);
            batch.handler().failNext(new IOException("planned"), new IOException("planned"));
            batch.closeNow();
            batch.requireUnflushed(List.of());
            batch.requireSound();
        }
    }

    /** Close waits for a flush that runs, and for those behind it. */
    @Test
    @Verifies("K-1")
    default void closeWaitsForTheLastFlush() {
        try (BatchUnderTest batch = BatchUnderTest.open(this, "K-1", config().build())) {
            CountDownLatch gate = new CountDownLatch(1);
            batch.handler().holdBehind(gate);
            batch.addNumbered(4);
            batch.await("the first flush", () -> batch.handler().inside() == 1);
            Running<Boolean> closing = Bounded.startRun("close", batch.unrecorded()::close);
            batch.require(
                    batch.stays(StillWaiting.in(closing)),
                    "close returned while a flush was running, long before the drain timeout");
            gate.countDown();
            batch.run(
                    "close",
                    timeouts().await(),
                    () -> closing.await(timeouts().await().dividedBy(2)));
            batch.require(
                    batch.handler().flushes().size() == 2,
                    "close returned after the flushes " + batch.handler().flushes() + ", where two are due");
            batch.requireSound();
            batch.closeNow();
        }
    }

    @Test
    @Verifies("K-1")
    default void whatCloseCouldNotFlushIsTold() {
        failToTheEnd(3, 7);
    }

    @Property
    @Verifies("K-1")
    default void anythingThatCloseCouldNotFlushIsTold(
            @ForAll @IntRange(min = 1, max = 4) int batchSize, @ForAll @IntRange(min = 0, max = 9) int items) {
        failToTheEnd(batchSize, items);
    }

    private void failToTheEnd(int batchSize, int items) {
        Duration drain = timeouts().quiet().dividedBy(5);
        try (BatchUnderTest batch = BatchUnderTest.open(
                this, "K-1", config().batchSize(batchSize).drainTimeout(drain).build())) {
            batch.handler().failAlways();
            batch.addNumbered(items);
            long start = System.nanoTime();
            batch.closeNow();
            requireInTime(batch, start, drain);
            batch.requireUnflushed(
                    IntStream.range(0, items).mapToObj(i -> "i-" + i).toList());
            batch.requireSound();
            BatchMetrics metrics = batch.metrics();
            batch.require(
                    metrics.added() == items && metrics.flushed() == 0,
                    "%d items were added, no flush succeeded, and the metrics are %s".formatted(items, metrics));
        }
    }

    private void requireInTime(BatchUnderTest batch, long start, Duration drain) {
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        batch.require(
                taken.compareTo(drain.plus(timeouts().tolerance())) <= 0,
                "close took %s where the drain timeout is %s".formatted(taken, drain));
    }

    /** A close hurries what waits, but spares a backend that fails. */
    @Test
    @Verifies("K-1")
    default void flushesThatFailKeepTheirDelayDuringAClose() {
        int delays = 5;
        Duration delay = timeouts().quiet().dividedBy(4);
        Duration drain = delay.multipliedBy(delays);
        try (BatchUnderTest batch = BatchUnderTest.open(
                this, "K-1", config().retryDelay(delay).drainTimeout(drain).build())) {
            batch.handler().failAlways();
            batch.addNumbered(1);
            batch.closeNow();
            int flushes = batch.handler().flushes().size();
            batch.require(
                    flushes <= delays + 2,
                    "one item was flushed %d times during a close, where the retry delay is %s and the drain timeout %s"
                            .formatted(flushes, delay, drain));
            batch.requireUnflushed(List.of("i-0"));
        }
    }

    @Test
    @Verifies("G-2")
    default void aClosedProcessorRefusesEverythingButItsLastFigures() {
        refuseAfterClose(4, 2);
    }

    @Property
    @Costly
    @Verifies("G-2")
    default void aClosedProcessorRefusesHoweverOftenItIsAsked(
            @ForAll @IntRange(max = 7) int items, @ForAll @IntRange(min = 1, max = 4) int calls) {
        refuseAfterClose(items, calls);
    }

    private void refuseAfterClose(int items, int calls) {
        try (BatchUnderTest batch = BatchUnderTest.open(this, "G-2", config().build())) {
            batch.addNumbered(items);
            batch.closeNow();
            int flushes = batch.handler().flushes().size();
            for (int i = 0; i < calls; i++) {
                batch.refused(
                        ClosedException.class,
                        "add after close",
                        () -> batch.unrecorded().add("late"));
                batch.requireMetrics(new BatchMetrics(items, items, (items + 2) / 3, 0));
                batch.requireUnflushed(List.of());
            }
            batch.requireNoFlushAfter(flushes, "the processor is closed");
        }
    }

    @Test
    @Verifies("G-2")
    default void whoWaitsForRoomIsRefusedWhenTheProcessorIsClosed() {
        try (BatchUnderTest batch = BatchUnderTest.open(
                this,
                "G-2",
                config().capacity(3).drainTimeout(timeouts().recovery()).build())) {
            CountDownLatch gate = new CountDownLatch(1);
            batch.handler().holdBehind(gate);
            batch.addNumbered(3);
            Running<Boolean> waiting =
                    Bounded.startRun("add", () -> batch.unrecorded().add("late"));
            batch.require(batch.stays(StillWaiting.in(waiting)), "an add returned where there was no room");
            Running<Boolean> closing = Bounded.startRun("close", batch.unrecorded()::close);
            try {
                batch.refused(
                        ClosedException.class,
                        "an add that waited for room when the processor was closed",
                        () -> waiting.await(timeouts().await().dividedBy(2)));
            } finally {
                gate.countDown();
            }
            batch.run(
                    "close",
                    timeouts().await(),
                    () -> closing.await(timeouts().await().dividedBy(2)));
            batch.requireSound();
            batch.closeNow();
        }
    }

    @Test
    @Verifies("G-3")
    default void closeInterruptsAFlushAtTheDrainTimeout() {
        closeUnderAFlush(2);
    }

    @Property
    @Verifies("G-3")
    default void closeEndsForAnyNumberOfClosers(@ForAll @IntRange(min = 1, max = 4) int closers) {
        closeUnderAFlush(closers);
    }

    /** The handler never ends by itself. */
    private void closeUnderAFlush(int closers) {
        Duration drain = timeouts().quiet().dividedBy(5);
        try (BatchUnderTest batch =
                BatchUnderTest.open(this, "G-3", config().drainTimeout(drain).build())) {
            batch.handler().holdBehind(new CountDownLatch(1));
            batch.addNumbered(4);
            batch.await("the first flush", () -> batch.handler().inside() == 1);
            long start = System.nanoTime();
            List<Running<Boolean>> closing = new ArrayList<>();
            for (int i = 0; i < closers; i++) {
                closing.add(Bounded.startRun("close", batch.unrecorded()::close));
            }
            closing.forEach(it -> batch.run(
                    "close",
                    timeouts().await(),
                    () -> it.await(timeouts().await().dividedBy(2))));
            requireInTime(batch, start, drain);
            batch.await(
                    "the interrupt of a flush at the drain timeout",
                    () -> batch.handler().inside() == 0);
            batch.requireUnflushed(List.of("i-0", "i-1", "i-2", "i-3"));
            batch.closeNow();
        }
    }

    @Test
    @Verifies("G-3")
    default void aHandlerMayCloseItsProcessor() {
        try (BatchUnderTest batch = BatchUnderTest.open(this, "G-3", config().build())) {
            batch.handler().meddle(items -> batch.unrecorded().close());
            batch.addNumbered(3);
            batch.awaitFlushes(1);
            batch.closeNow();
            batch.requireUnflushed(List.of());
            batch.requireMetrics(new BatchMetrics(3, 3, 1, 0));
        }
    }

    @Test
    @Verifies("G-10")
    default void theClosedProcessorLeavesNoThreadBehind() {
        leaveNoThread(7, Manner.CALM);
        leaveNoThread(4, Manner.FAILING);
        leaveNoThread(4, Manner.FROM_THE_HANDLER);
    }

    /** In what state a processor is closed. */
    enum Manner {
        /** Its flushes succeed. */
        CALM,
        /** Its flushes fail. */
        FAILING,
        /** Its handler hangs. */
        HANGING,
        /** It is closed by its handler. */
        FROM_THE_HANDLER
    }

    @Property
    @Verifies("G-10")
    default void howeverTheProcessorIsClosedNoThreadIsLeft(
            @ForAll @IntRange(max = 7) int items, @ForAll Manner manner) {
        leaveNoThread(items, manner);
    }

    private void leaveNoThread(int items, Manner manner) {
        ThreadCensus census = ThreadCensus.take();
        try (BatchUnderTest batch = BatchUnderTest.open(
                this, "G-10", config().drainTimeout(Duration.ofMillis(20)).build())) {
            switch (manner) {
                case CALM -> {}
                case FAILING -> batch.handler().failAlways();
                case HANGING -> batch.handler().holdBehind(new CountDownLatch(1));
                case FROM_THE_HANDLER ->
                    batch.handler().meddle(any -> batch.unrecorded().close());
            }
            for (int i = 0; i < items; i++) {
                String item = "i-" + i;
                batch.run("add", timeouts().await(), () -> addUnlessClosed(batch, item));
            }
            batch.closeNow();
            List<Thread> left = Polling.until(timeouts().tolerance(), census::newcomers, List::isEmpty);
            batch.require(left.isEmpty(), "after close these threads are still alive: " + ThreadCensus.describe(left));
        }
    }

    private static void addUnlessClosed(BatchUnderTest batch, String item) {
        try {
            batch.unrecorded().add(item);
        } catch (ClosedException e) {
            // The handler was faster.
        }
    }
}
