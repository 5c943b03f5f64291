package org.brokertck.tck.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.monitoring.MetricsSnapshot;
import org.brokertck.api.monitoring.MonitorConfig;
import org.brokertck.api.monitoring.Outcome;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.monitoring.MonitorWorkloads;
import org.brokertck.tck.workload.monitoring.PlannedRecord;
import org.junit.jupiter.api.Test;

/** The snapshot shows depth, rate, share of errors and mean latency of each queue by itself, over the window. */
public interface SnapshotRules extends MonitorRules {
    /** What rounding may cost. */
    double ROUNDING = 1e-6;

    /** TestMetricsCollection of the seed. */
    @Test
    @Verifies("O-1")
    default void theFiguresOfTheFirstExampleAreThere() {
        try (MonitorUnderTest monitor = MonitorUnderTest.open(this, "O-1")) {
            Instant before = Instant.now();
            monitor.record(it -> {
                it.recordProduced("orders", 100);
                it.recordConsumed("orders", Duration.ofMillis(50), Outcome.SUCCESS);
                it.recordConsumed("orders", Duration.ofMillis(75), Outcome.FAILURE);
                it.recordQueueDepth("orders", 25);
            });
            MetricsSnapshot snapshot = monitor.snapshot();
            Figures.of(monitor, snapshot).requireDepth("orders", 25L);
            Figures.of(monitor, snapshot).requireRate("orders", 0.01);
            Figures.of(monitor, snapshot).requireErrors("orders", 0.5);
            Figures.of(monitor, snapshot).requireLatency("orders", Duration.ofNanos(62_500_000));
            Duration off = Duration.between(before, snapshot.timestamp());
            monitor.require(
                    off.compareTo(Duration.ofMillis(-2)) >= 0
                            && off.compareTo(timeouts().await()) <= 0,
                    "the snapshot taken from %s on bears the time %s".formatted(before, snapshot.timestamp()));
        }
    }

    @Test
    @Verifies("O-1")
    default void everyQueueHasFiguresOfItsOwn() {
        try (MonitorUnderTest monitor = MonitorUnderTest.open(this, "O-1")) {
            monitor.record(it -> {
                it.recordConsumed("fast", Duration.ofMillis(10), Outcome.SUCCESS);
                it.recordConsumed("fast", Duration.ofMillis(20), Outcome.SUCCESS);
                it.recordConsumed("slow", Duration.ofSeconds(4), Outcome.FAILURE);
                it.recordQueueDepth("slow", 7);
                it.recordQueueDepth("slow", 3);
                it.recordProduced("idle", 1);
                it.recordConsumed("Fast", Duration.ofSeconds(1), Outcome.FAILURE);
            });
            Figures figures = Figures.of(monitor, monitor.snapshot());
            figures.requireRate("fast", 0.02);
            figures.requireErrors("fast", 0.0);
            figures.requireLatency("fast", Duration.ofMillis(15));
            figures.requireDepth("fast", null);
            figures.requireRate("slow", 0.0);
            figures.requireErrors("slow", 1.0);
            figures.requireLatency("slow", Duration.ofSeconds(4));
            figures.requireDepth("slow", 3L);
            figures.requireRate("idle", 0.0);
            figures.requireErrors("idle", null);
            figures.requireLatency("idle", null);
            figures.requireErrors("Fast", 1.0);
        }
    }

    @Test
    @Verifies("O-1")
    @Needs(clock = true)
    default void theWindowNeedNotBeWholeSeconds() {
        for (Duration window : List.of(Duration.ofMillis(1500), Duration.ofMillis(2250))) {
            try (MonitorUnderTest monitor = MonitorUnderTest.onClock(
                    this, "O-1", config().window(window).build())) {
                String queue = "nine-within-a-window-of-%s-ms".formatted(window.toMillis());
                monitor.record(it -> {
                    for (int i = 0; i < 9; i++) {
                        it.recordConsumed(queue, Duration.ofMillis(1), Outcome.SUCCESS);
                    }
                });
                Figures.of(monitor, monitor.snapshot()).requireRate(queue, 9000.0 / window.toMillis());
            }
        }
    }

    @Test
    @Verifies("O-1")
    @Needs(clock = true)
    default void ratesAndMeansAreOverTheWindowAndTheDepthStays() {
        try (MonitorUnderTest monitor = MonitorUnderTest.onClock(this, "O-1")) {
            monitor.record(it -> {
                it.recordQueueDepth("orders", 9);
                it.recordConsumed("orders", Duration.ofMillis(100), Outcome.FAILURE);
            });
            monitor.advance(Duration.ofSeconds(60));
            monitor.record(it -> {
                it.recordConsumed("orders", Duration.ofMillis(300), Outcome.SUCCESS);
                it.recordConsumed("orders", Duration.ofMillis(500), Outcome.SUCCESS);
            });
            monitor.advance(Duration.ofSeconds(25));
            Figures all = Figures.of(monitor, monitor.snapshot());
            all.requireRate("orders", 0.02);
            all.requireErrors("orders", 1.0 / 3);
            all.requireLatency("orders", Duration.ofMillis(300));
            monitor.advance(Duration.ofSeconds(30));
            Figures later = Figures.of(monitor, monitor.snapshot());
            later.requireRate("orders", 0.02);
            later.requireErrors("orders", 0.0);
            later.requireLatency("orders", Duration.ofMillis(400));
            monitor.advance(Duration.ofHours(1));
            Figures idle = Figures.of(monitor, monitor.snapshot());
            idle.requireRate("orders", 0.0);
            idle.requireErrors("orders", null);
            idle.requireLatency("orders", null);
            idle.requireDepth("orders", 9L);
            monitor.require(
                    monitor.snapshot().timestamp().equals(monitor.now()),
                    "the snapshot bears the time %s, and the clock stands at %s"
                            .formatted(monitor.snapshot().timestamp(), monitor.now()));
        }
    }

    @Property
    @Verifies("O-1")
    default void theSnapshotShowsWhatWasRecorded(
            @ForAll(supplier = MonitorWorkloads.FewQueues.class) List<PlannedRecord> records) {
        try (MonitorUnderTest monitor = MonitorUnderTest.open(this, "O-1", veryLong())) {
            monitor.record(it -> records.forEach(record -> record.record(it)));
            RecordModel model = RecordModel.of(records);
            Figures figures = Figures.of(monitor, monitor.snapshot());
            figures.requireQueues(model.queues());
            model.queues().forEach(queue -> {
                figures.requireDepth(queue, model.depth(queue));
                figures.requireRate(
                        queue,
                        model.succeeded(queue) / (double) veryLong().window().toSeconds());
                figures.requireErrors(queue, model.errorRate(queue));
                figures.requireLatency(queue, model.meanLatency(queue));
            });
        }
    }

    /** A window that no pause of the machine is a share of. */
    private MonitorConfig veryLong() {
        return config().window(Duration.ofHours(1)).build();
    }

    /** Each step records one success, then so many tenths of the window pass. */
    @Property
    @Verifies("O-1")
    @Needs(clock = true)
    default void theRateCountsTheWindowAndNothingElse(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 0, max = 15) Integer> tenths) {
        try (MonitorUnderTest monitor = MonitorUnderTest.onClock(this, "O-1")) {
            Map<Long, Integer> recorded = new HashMap<>();
            long now = 0;
            for (int tenth : tenths) {
                monitor.record(it -> it.recordConsumed("orders", Duration.ofMillis(1), Outcome.SUCCESS));
                recorded.merge(now, 1, Integer::sum);
                now += tenth;
                monitor.advance(Duration.ofSeconds(10L * tenth));
                double rate = monitor.snapshot().processingRates().getOrDefault("orders", Double.NaN) * 100;
                int least = within(recorded, now, 9);
                int most = within(recorded, now, 11);
                monitor.require(
                        rate >= least - ROUNDING && rate <= most + ROUNDING,
                        "the rate stands for %s attempts over the window, where from %d to %d succeeded in it"
                                .formatted(rate, least, most));
            }
        }
    }

    private static int within(Map<Long, Integer> recorded, long now, long tenths) {
        return recorded.entrySet().stream()
                .filter(it -> now - it.getKey() <= tenths)
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
