package org.brokertck.tck.resilience.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.resilience.BatchMetrics;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Adds wait for nobody while there is room, and then for no longer than they may. */
public interface BatchRoomRules extends BatchRules {
    @Test
    @Verifies("K-1")
    default void exactlyTheCapacityIsTakenIn() {
        fill(3, 7);
    }

    @Property
    @Verifies("K-1")
    default void anyCapacityIsTakenInAndNoMore(
            @ForAll @IntRange(min = 1, max = 4) int batchSize, @ForAll @IntRange(max = 6) int more) {
        fill(batchSize, batchSize + more);
    }

    private void fill(int batchSize, int capacity) {
        Duration timeout = timeouts().quiet().dividedBy(10);
        try (BatchUnderTest batch = BatchUnderTest.open(
                this,
                "K-1",
                config().batchSize(batchSize)
                        .capacity(capacity)
                        .addTimeout(timeout)
                        .build())) {
            CountDownLatch gate = new CountDownLatch(1);
            batch.handler().holdBehind(gate);
            try {
                batch.addNumbered(capacity);
                batch.await("the first flush", () -> batch.handler().inside() == 1);
                long start = System.nanoTime();
                batch.refused(
                        QueueFullException.class,
                        "an add where there is no room",
                        () -> batch.unrecorded().add("one too many"));
                Duration taken = Duration.ofNanos(System.nanoTime() - start);
                batch.require(
                        taken.compareTo(timeout.minusMillis(1)) >= 0
                                && taken.compareTo(timeout.plus(timeouts().tolerance())) <= 0,
                        "an add was refused after %s where the add timeout is %s".formatted(taken, timeout));
                batch.requireMetrics(new BatchMetrics(capacity, 0, 0, 0));
            } finally {
                gate.countDown();
            }
            batch.awaitFlushes(capacity / batchSize);
            batch.requireMetrics(
                    new BatchMetrics(capacity, (long) capacity / batchSize * batchSize, capacity / batchSize, 0));
            batch.addNumbered(1);
            batch.closeNow();
            batch.requireUnflushed(List.of());
            batch.requireSound();
        }
    }

    @Test
    @Verifies("K-1")
    default void whoWaitsGoesOnAsSoonAsThereIsRoom() {
        try (BatchUnderTest batch =
                BatchUnderTest.open(this, "K-1", config().capacity(3).build())) {
            CountDownLatch gate = new CountDownLatch(1);
            batch.handler().holdBehind(gate);
            batch.addNumbered(3);
            List<Running<Boolean>> waiting = new ArrayList<>();
            for (String item : List.of("x", "y", "z")) {
                waiting.add(Bounded.startRun("add", () -> batch.unrecorded().add(item)));
            }
            batch.require(batch.stays(StillWaiting.in(waiting)), "an add returned where there was no room");
            gate.countDown();
            waiting.forEach(it -> batch.run(
                    "an add that waited for room",
                    timeouts().await(),
                    () -> it.await(timeouts().await().dividedBy(2))));
            batch.awaitFlushes(2);
            batch.requireUnflushed(List.of());
            batch.requireSound(List.of(List.of("i-0", "i-1", "i-2"), List.of("x"), List.of("y"), List.of("z")));
        }
    }
}
