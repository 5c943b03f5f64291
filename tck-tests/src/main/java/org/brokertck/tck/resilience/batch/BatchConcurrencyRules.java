package org.brokertck.tck.resilience.batch;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.resilience.BatchMetrics;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** However many add at once, nothing is lost, doubled or out of order. */
public interface BatchConcurrencyRules extends BatchRules {
    @Test
    @Verifies("G-4")
    default void allMethodsOfTheProcessorMayBeCalledAtOnce() {
        addAtOnce("G-4", 6, 3000, 16, 0);
    }

    @Property
    @Verifies("G-4")
    default void allMethodsOfTheProcessorMayBeCalledByAnyNumberOfThreads(
            @ForAll @IntRange(min = 2, max = 6) int adders, @ForAll @IntRange(min = 1, max = 20) int batchSize) {
        addAtOnce("G-4", adders, 200, batchSize, 0);
    }

    @Property
    @Verifies("K-1")
    default void whateverFailsNothingThatManyAddIsLost(
            @ForAll @IntRange(min = 1, max = 5) int adders,
            @ForAll @IntRange(min = 1, max = 12) int batchSize,
            @ForAll @IntRange(min = 0, max = 10) int failures) {
        addAtOnce("K-1", adders, 60, batchSize, failures);
    }

    /** A small capacity, so that adders wait for each other too, and an interval that runs out now and then. */
    private void addAtOnce(String rule, int adders, int items, int batchSize, int failures) {
        try (BatchUnderTest batch = BatchUnderTest.open(
                this,
                rule,
                config().batchSize(batchSize)
                        .capacity(batchSize * 2)
                        .flushInterval(Duration.ofMillis(2))
                        .retryDelay(Duration.ZERO)
                        .build())) {
            IntStream.range(0, failures).forEach(i -> batch.handler().failNext(new IOException("planned")));
            List<List<String>> all = new ArrayList<>();
            List<Running<Boolean>> running = new ArrayList<>();
            for (int a = 0; a < adders; a++) {
                String name = "a" + a + "-";
                List<String> own =
                        IntStream.range(0, items).mapToObj(i -> name + i).toList();
                all.add(own);
                running.add(Bounded.startRun("adder", () -> own.forEach(batch.unrecorded()::add)));
            }
            running.add(Bounded.startRun("looks", () -> look(batch, items)));
            running.forEach(it -> batch.run(
                    "a call among many",
                    timeouts().await().multipliedBy(3),
                    () -> it.await(timeouts().await().multipliedBy(2))));
            batch.closeNow();
            batch.requireSound(all);
            batch.requireUnflushed(List.of());
            BatchMetrics metrics = batch.metrics();
            long total = (long) adders * items;
            batch.require(
                    metrics.added() == total
                            && metrics.flushed() == total
                            && metrics.batches() + metrics.failures()
                                    == batch.handler().flushes().size(),
                    "%d items were added and flushed in %d flushes, and the metrics are %s"
                            .formatted(total, batch.handler().flushes().size(), metrics));
        }
    }

    private static void look(BatchUnderTest batch, int times) {
        for (int i = 0; i < times; i++) {
            BatchMetrics metrics = batch.unrecorded().metrics();
            batch.require(
                    metrics.flushed() >= 0 && metrics.flushed() <= metrics.added(),
                    "at one moment the metrics are " + metrics);
            int unflushed = batch.unrecorded().unflushed().size();
            batch.require(
                    unflushed <= batch.config().capacity(),
                    "at one moment %d items are unflushed where %d are the most"
                            .formatted(unflushed, batch.config().capacity()));
            Thread.yield();
        }
    }
}
