package org.brokertck.tck.resilience.batch;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.resilience.BatchConfig;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Settings at their bounds mean what they say: no time at all, and months of it. */
public interface BatchSettingRules extends BatchRules {
    /** It takes what room there is, and does not wait for more. */
    @Test
    @Verifies("K-1")
    default void anAddThatMayNotWaitTakesWhatRoomThereIs() {
        CountDownLatch gate = new CountDownLatch(1);
        try (BatchUnderTest batch = BatchUnderTest.open(
                this, "K-1", config().capacity(4).addTimeout(Duration.ZERO).build())) {
            batch.handler().holdBehind(gate);
            batch.run(
                    "an add that may not wait for room, where there is room,",
                    timeouts().await(),
                    () -> {
                        for (int i = 0; i < 4; i++) {
                            batch.unrecorded().add("i-" + i);
                            batch.noteAdded("i-" + i);
                        }
                    });
            batch.refused(
                    QueueFullException.class,
                    "an add that may not wait for room, where there is none,",
                    () -> batch.unrecorded().add("one too many"));
            gate.countDown();
            batch.awaitFlushes(1);
            batch.closeNow();
            batch.requireSound();
        } finally {
            gate.countDown();
        }
    }

    /** The second one has milliseconds that are negative where they are cut to an int. */
    @Test
    @Verifies("K-1")
    default void theLongestTimesAreNoneThatAreOverAtOnce() {
        for (Duration duration : List.of(Duration.ofDays(365), Duration.ofDays(30))) {
            try (BatchUnderTest batch = BatchUnderTest.open(
                    this,
                    "K-1",
                    config().flushInterval(duration)
                            .addTimeout(duration)
                            .retryDelay(duration)
                            .build())) {
                batch.addNumbered(2);
                batch.requireNoFlushAfter(
                        0, "two items of three are there, of a processor whose interval is " + duration);
                batch.addNumbered(1);
                batch.requireLastFlush(1, "i-0", "i-1", "i-2");
                batch.closeNow();
                batch.requireSound();
            }
        }
    }

    /** There is room for as many items as there may be at most. */
    @Test
    @Verifies("K-1")
    default void theLargestProcessorIsOpened() {
        try (BatchUnderTest batch = BatchUnderTest.open(
                this,
                "K-1",
                config().batchSize(BatchConfig.LARGEST)
                        .capacity(BatchConfig.LARGEST)
                        .build())) {
            batch.addNumbered(5);
            batch.closeNow();
            batch.requireUnflushed(List.of());
            batch.requireSound();
        }
    }

    /** The flush that runs is interrupted at once. */
    @Test
    @Verifies("G-3")
    default void aDrainTimeoutOfZeroWaitsForNoFlush() {
        CountDownLatch gate = new CountDownLatch(1);
        try (BatchUnderTest batch = BatchUnderTest.open(
                this, "G-3", config().drainTimeout(Duration.ZERO).build())) {
            batch.handler().holdBehind(gate);
            batch.addNumbered(4);
            batch.await("the first flush", () -> batch.handler().inside() == 1);
            batch.run(
                    "close with a drain timeout of 0, while a flush runs,",
                    timeouts().await(),
                    batch.unrecorded()::close);
            batch.await(
                    "the interrupt of a flush by a close with a drain timeout of 0",
                    () -> batch.handler().inside() == 0);
            batch.requireUnflushed(List.of("i-0", "i-1", "i-2", "i-3"));
            batch.closeNow();
        } finally {
            gate.countDown();
        }
    }
}
