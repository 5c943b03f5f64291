package org.brokertck.tck.resilience.batch;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.resilience.BatchMetrics;
import org.brokertck.tck.check.resilience.Flush;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** A batch is flushed as soon as it is full, holds no more than that, and keeps the order. */
public interface BatchSizeRules extends BatchRules {
    @Test
    @Verifies("K-1")
    default void aFullBatchIsFlushedAtOnce() {
        try (BatchUnderTest batch = BatchUnderTest.open(this, "K-1", config().build())) {
            batch.requireMetrics(new BatchMetrics(0, 0, 0, 0));
            batch.add("a", "b");
            batch.requireNoFlushAfter(0, "two of three items were added, with a day to go");
            batch.requireUnflushed(List.of("a", "b"));
            batch.add("c");
            batch.requireLastFlush(1, "a", "b", "c");
            batch.add("d", "e");
            batch.requireNoFlushAfter(1, "two of the next three items were added, with a day to go");
            batch.add("f", "g");
            batch.requireLastFlush(2, "d", "e", "f");
            batch.requireMetrics(new BatchMetrics(7, 6, 2, 0));
            batch.requireUnflushed(List.of("g"));
            batch.requireSound();
        }
    }

    /** Each is an item of its own: none of them goes with another one's batch. */
    @Test
    @Verifies("K-1")
    default void equalItemsAreFlushedEach() {
        CountDownLatch gate = new CountDownLatch(1);
        try (BatchUnderTest batch = BatchUnderTest.open(this, "K-1", config().build())) {
            try {
                batch.handler().holdBehind(gate);
                batch.add("a", "a", "b", "a", "b", "b", "a", "a", "a", "b");
            } finally {
                gate.countDown();
            }
            List<List<String>> flushes =
                    Polling.until(timeouts().await(), () -> batch.handler().flushes(), it -> it.size() >= 3).stream()
                            .map(Flush::items)
                            .toList();
            List<List<String>> due = List.of(List.of("a", "a", "b"), List.of("a", "b", "b"), List.of("a", "a", "a"));
            batch.require(
                    flushes.equals(due), "of equal items %s were flushed, where %s are due".formatted(flushes, due));
            batch.requireUnflushed(List.of("b"));
            batch.requireMetrics(new BatchMetrics(10, 9, 3, 0));
        }
    }

    @Test
    @Verifies("K-1")
    default void batchesOfOneAreFlushedItemByItem() {
        flushByNumbers(1, 5);
    }

    @Property
    @Verifies("K-1")
    default void anyNumberOfItemsIsFlushedInFullBatches(
            @ForAll @IntRange(min = 1, max = 8) int batchSize, @ForAll @IntRange(min = 0, max = 40) int items) {
        flushByNumbers(batchSize, items);
    }

    private void flushByNumbers(int batchSize, int items) {
        try (BatchUnderTest batch =
                BatchUnderTest.open(this, "K-1", config().batchSize(batchSize).build())) {
            batch.addNumbered(items);
            int full = items / batchSize;
            List<Flush> flushes = batch.awaitFlushes(full);
            batch.require(
                    flushes.stream().allMatch(it -> it.items().size() == batchSize),
                    "%d items were added, the batch size is %d, and the flushes are %s"
                            .formatted(items, batchSize, flushes));
            batch.requireMetrics(new BatchMetrics(items, (long) full * batchSize, full, 0));
            batch.closeNow();
            batch.awaitFlushes((items + batchSize - 1) / batchSize);
            batch.requireUnflushed(List.of());
            batch.requireSound();
        }
    }

    /** What comes while a flush runs waits for it, and then comes in full batches too. */
    @Test
    @Verifies("K-1")
    default void itemsThatComeDuringAFlushComeInFullBatchesAfterIt() {
        try (BatchUnderTest batch = BatchUnderTest.open(this, "K-1", config().build())) {
            CountDownLatch gate = new CountDownLatch(1);
            batch.handler().holdBehind(gate);
            batch.addNumbered(3);
            batch.await("the first flush", () -> batch.handler().inside() == 1);
            batch.addNumbered(8);
            batch.requireNoFlushAfter(0, "the first flush has not ended");
            batch.requireUnflushed(
                    IntStream.range(0, 11).mapToObj(i -> "i-" + i).toList());
            gate.countDown();
            batch.awaitFlushes(3);
            batch.requireNoFlushAfter(3, "two of three items are left, with a day to go");
            batch.closeNow();
            batch.awaitFlushes(4);
            batch.requireSound();
        }
    }
}
