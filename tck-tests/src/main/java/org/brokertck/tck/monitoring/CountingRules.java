package org.brokertck.tck.monitoring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CyclicBarrier;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.monitoring.MetricNames;
import org.brokertck.api.monitoring.Outcome;
import org.brokertck.api.monitoring.QueueMonitor;
import org.brokertck.api.monitoring.QueueTotals;
import org.brokertck.tck.history.monitoring.Exposition;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.monitoring.MonitorWorkloads;
import org.brokertck.tck.workload.monitoring.PlannedRecord;
import org.junit.jupiter.api.Test;

/** Nothing that is recorded is lost or counted twice, however many threads record at once. */
public interface CountingRules extends MonitorRules {
    @Test
    @Verifies("O-2")
    default void manyThreadsRecordingOneQueueLoseNothing() {
        recordFromManyThreads(4, 20_000, List.of("orders"));
    }

    /** Each round a queue is new, so that its first recordings meet. */
    @Test
    @Verifies("O-2")
    default void theFirstRecordingsOfAQueueMeetAndNoneIsLost() {
        List<String> queues = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            queues.add("queue-" + i);
        }
        recordFromManyThreads(4, 1, queues);
    }

    @Test
    @Verifies("O-2")
    default void manyRecordedAtOnceCountAsMany() {
        try (MonitorUnderTest monitor = MonitorUnderTest.open(this, "O-2")) {
            monitor.record(it -> {
                it.recordProduced("orders", 3, 10);
                it.recordProduced("orders", 1, 0);
                it.recordConsumed("orders", Duration.ofMillis(2), Outcome.SUCCESS, 5);
                it.recordConsumed("orders", Duration.ofMillis(9), Outcome.FAILURE, 2);
            });
            requireTotals(monitor, "orders", new QueueTotals(4, 10, 5, 2, 0, 0));
            Figures.of(monitor, monitor.snapshot()).requireLatency("orders", Duration.ofMillis(4));
            requireValue(
                    monitor,
                    MetricNames.PROCESSING_SECONDS + "_count",
                    "orders",
                    monitor.scrape()
                            .value(
                                    MetricNames.PROCESSING_SECONDS,
                                    MetricNames.PROCESSING_SECONDS + "_count",
                                    Map.of(MetricNames.QUEUE, "orders")),
                    7);
        }
    }

    @Property
    @Verifies("O-2")
    default void anyNumberOfThreadsLosesNothing(
            @ForAll @IntRange(min = 1, max = 6) int threads,
            @ForAll @IntRange(min = 1, max = 300) int each,
            @ForAll @IntRange(min = 1, max = 4) int queues) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < queues; i++) {
            names.add("queue-" + i);
        }
        recordFromManyThreads(threads, each, names);
    }

    @Property
    @Verifies("O-2")
    default void everyKindOfRecordIsCountedWhereItBelongs(
            @ForAll @Size(min = 1, max = 4) List<@From("shares") List<PlannedRecord>> shares) {
        List<PlannedRecord> all = shares.stream().flatMap(List::stream).toList();
        try (MonitorUnderTest monitor = MonitorUnderTest.open(this, "O-2")) {
            List<Running<Boolean>> recorders = shares.stream()
                    .map(share ->
                            Bounded.startRun("recording", () -> share.forEach(it -> it.record(monitor.unguarded()))))
                    .toList();
            recorders.forEach(
                    it -> monitor.run("recording", () -> it.await(timeouts().await())));
            RecordModel model = RecordModel.of(all);
            model.queues().forEach(queue -> requireTotals(monitor, queue, model.totals(queue)));
        }
    }

    /** What each thread records. */
    @Provide
    default Arbitrary<List<PlannedRecord>> shares() {
        return new MonitorWorkloads.FewQueues().get();
    }

    private void recordFromManyThreads(int threads, int each, List<String> queues) {
        try (MonitorUnderTest monitor = MonitorUnderTest.open(this, "O-2")) {
            CyclicBarrier barrier = new CyclicBarrier(threads);
            List<Running<Boolean>> recorders = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                recorders.add(Bounded.start("recording", () -> {
                    for (String queue : queues) {
                        barrier.await();
                        for (int n = 0; n < each; n++) {
                            recordOneOfEach(monitor.unguarded(), queue);
                        }
                    }
                    return true;
                }));
            }
            recorders.forEach(it -> monitor.run(
                    "recording by one of " + threads + " threads",
                    timeouts().recovery().multipliedBy(2),
                    () -> it.await(timeouts().recovery())));
            long all = (long) threads * each;
            queues.forEach(queue -> requireTotals(monitor, queue, new QueueTotals(all, 3 * all, all, all, all, all)));
            requireScraped(monitor, queues, all);
        }
    }

    private static void recordOneOfEach(QueueMonitor monitor, String queue) {
        monitor.recordProduced(queue, 3);
        monitor.recordConsumed(queue, Duration.ofMillis(1), Outcome.SUCCESS);
        monitor.recordConsumed(queue, Duration.ofMillis(1), Outcome.FAILURE);
        monitor.recordRetried(queue);
        monitor.recordDeadLettered(queue);
    }

    private static void requireTotals(MonitorUnderTest monitor, String queue, QueueTotals due) {
        QueueTotals shown = monitor.snapshot().totalsOf(queue);
        monitor.require(
                shown.equals(due),
                "the snapshot shows %s for '%s', where %s were recorded".formatted(shown, queue, due));
    }

    private static void requireScraped(MonitorUnderTest monitor, List<String> queues, long all) {
        Exposition metrics = monitor.scrape();
        Map<String, Long> due = Map.of(
                MetricNames.PRODUCED, all,
                MetricNames.PRODUCED_BYTES, 3 * all,
                MetricNames.CONSUMED, all,
                MetricNames.FAILED, all,
                MetricNames.RETRIED, all,
                MetricNames.DEAD_LETTERED, all);
        for (String queue : queues) {
            Map<String, String> labels = Map.of(MetricNames.QUEUE, queue);
            due.forEach((name, count) -> requireValue(monitor, name, queue, metrics.value(name, labels), count));
            String count = MetricNames.PROCESSING_SECONDS + "_count";
            requireValue(monitor, count, queue, metrics.value(MetricNames.PROCESSING_SECONDS, count, labels), 2 * all);
        }
    }

    private static void requireValue(
            MonitorUnderTest monitor, String name, String queue, OptionalDouble scraped, long due) {
        monitor.require(
                scraped.isPresent() && scraped.getAsDouble() == due,
                "%s of '%s' is %s in the metrics, where %d were recorded".formatted(name, queue, scraped, due));
    }
}
