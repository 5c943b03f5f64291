package org.brokertck.tck.resilience.batch;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.brokertck.api.resilience.BatchMetrics;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** What a handler may do with its own processor, and what a close means for whoever closes after another one. */
public interface BatchReentrancyRules extends BatchRules {
    /** What it adds comes in later batches, and so does what completes one. */
    @Test
    @Verifies("K-1")
    default void aHandlerMayAdd() {
        try (BatchUnderTest batch = BatchUnderTest.open(this, "K-1", config().build())) {
            AtomicBoolean first = new AtomicBoolean(true);
            batch.handler().meddle(items -> {
                if (first.getAndSet(false)) {
                    List.of("own-1", "own-2", "own-3", "own-4").forEach(batch.unrecorded()::add);
                }
            });
            batch.addNumbered(3);
            List<String> own = List.of("own-1", "own-2", "own-3", "own-4");
            batch.await(
                    "the flush of the first three items that a handler added",
                    () -> batch.handler().flushes().size() >= 2);
            batch.requireUnflushed(List.of("own-4"));
            batch.closeNow();
            batch.requireUnflushed(List.of());
            batch.requireMetrics(new BatchMetrics(7, 7, 3, 0));
            batch.requireSound(List.of(List.of("i-0", "i-1", "i-2"), own));
        }
    }

    /** Whoever closes again may count on the same: when that returns everything is flushed. */
    @Test
    @Verifies("G-3")
    default void aSecondCloseWaitsForTheSameFlushes() {
        CountDownLatch gate = new CountDownLatch(1);
        try (BatchUnderTest batch = BatchUnderTest.open(
                this, "G-3", config().drainTimeout(timeouts().recovery()).build())) {
            batch.handler().holdBehind(gate);
            batch.addNumbered(4);
            batch.await("the first flush", () -> batch.handler().inside() == 1);
            Running<Boolean> first = Bounded.startRun("close", batch.unrecorded()::close);
            batch.require(batch.stays(StillWaiting.in(first)), "a close did not wait for a flush that runs");
            Running<Boolean> second = Bounded.startRun("a second close", batch.unrecorded()::close);
            batch.require(
                    batch.stays(StillWaiting.in(second)),
                    "a second close did not wait for the end of the first, which waits for a flush");
            gate.countDown();
            List.of(first, second)
                    .forEach(it -> batch.run(
                            "close",
                            timeouts().await(),
                            () -> it.await(timeouts().await().dividedBy(2))));
            batch.requireUnflushed(List.of());
            batch.closeNow();
        } finally {
            gate.countDown();
        }
    }

    /** The handler has only begun it: its own flush, and what came behind it, are what whoever closes again has to wait for. */
    @Test
    @Verifies("G-3")
    default void whoeverClosesAfterAHandlerWaitsForItsFlush() {
        CountDownLatch gate = new CountDownLatch(1);
        try (BatchUnderTest batch = BatchUnderTest.open(
                this, "G-3", config().drainTimeout(timeouts().recovery()).build())) {
            CountDownLatch closed = new CountDownLatch(1);
            batch.handler().meddle(items -> {
                batch.unrecorded().close();
                closed.countDown();
                BatchUnderTest.await(gate, timeouts().recovery());
            });
            batch.addNumbered(3);
            batch.await("the return of a close from inside the handler", () -> closed.getCount() == 0);
            Running<Boolean> close = Bounded.startRun("close", batch.unrecorded()::close);
            batch.require(
                    batch.stays(StillWaiting.in(close)),
                    "close did not wait for the flush of a processor whose handler had closed it");
            gate.countDown();
            batch.run(
                    "close",
                    timeouts().await(),
                    () -> close.await(timeouts().await().dividedBy(2)));
            batch.requireUnflushed(List.of());
            batch.requireMetrics(new BatchMetrics(3, 3, 1, 0));
            batch.closeNow();
        } finally {
            gate.countDown();
        }
    }
}
