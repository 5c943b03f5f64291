package org.brokertck.tck.monitoring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.MetricNames;
import org.brokertck.api.monitoring.QueueTotals;
import org.brokertck.api.monitoring.Severity;
import org.brokertck.tck.check.monitoring.Conventions;
import org.brokertck.tck.check.monitoring.CountersKeepUp;
import org.brokertck.tck.check.monitoring.HistogramsAddUp;
import org.brokertck.tck.history.monitoring.Exposition;
import org.brokertck.tck.history.monitoring.Family;
import org.brokertck.tck.history.monitoring.Sample;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.monitoring.MonitorWorkloads;
import org.brokertck.tck.workload.monitoring.PlannedRecord;
import org.brokertck.tck.workload.monitoring.PlannedRecord.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The metrics are in the format of Prometheus, named by convention, and true. */
public interface ExpositionRules extends MonitorRules {
    /** One of each kind, so that every metric has a series. */
    private static List<PlannedRecord> oneOfEach(String queue) {
        return Stream.of(Kind.values())
                .map(it -> new PlannedRecord(it, queue, 40))
                .toList();
    }

    @Test
    @Verifies("O-3")
    default void theMetricsAreNamedAndDescribedByConvention() {
        requireTrueMetrics(oneOfEach("orders"));
    }

    @Test
    @Verifies("O-3")
    default void namesThatAreHardToWriteAreEscaped() {
        List<PlannedRecord> records = new ArrayList<>();
        for (String queue : List.of("say \"hi\"", "c:\\queues\\new", "two\nlines", "{a=\"b\"} 1", "\\n", "größe 漢字")) {
            records.addAll(oneOfEach(queue));
        }
        requireTrueMetrics(records);
    }

    @Property
    @Verifies("O-3")
    default void whateverIsRecordedTheMetricsAreWellFormedAndTrue(
            @ForAll(supplier = MonitorWorkloads.Records.class) List<PlannedRecord> records) {
        requireTrueMetrics(records);
    }

    private void requireTrueMetrics(List<PlannedRecord> records) {
        try (MonitorUnderTest monitor = MonitorUnderTest.open(this, "O-3")) {
            monitor.record(it -> oneOfEach("any queue").forEach(record -> record.record(it)));
            monitor.record(it -> records.forEach(record -> record.record(it)));
            Exposition metrics = monitor.scrape();
            monitor.judge(new Conventions().and(new HistogramsAddUp()), metrics);
            RecordModel model = RecordModel.of(records);
            requireQueues(monitor, metrics, model.queues());
            model.queues().forEach(queue -> requireTrue(monitor, metrics, model, queue));
            OptionalDouble queues = metrics.value(MetricNames.QUEUES, Map.of());
            monitor.require(
                    queues.orElse(-1) == model.queues().size() + 1.0,
                    "%s is %s, where %d queues were recorded"
                            .formatted(
                                    MetricNames.QUEUES, queues, model.queues().size() + 1));
        }
    }

    private static void requireQueues(MonitorUnderTest monitor, Exposition metrics, Set<String> queues) {
        Set<String> due = new TreeSet<>(queues);
        due.add("any queue");
        Set<String> labels = new TreeSet<>();
        for (Family family : metrics.families().values()) {
            for (Sample sample : family.samples()) {
                String queue = sample.labels().get(MetricNames.QUEUE);
                if (queue != null) {
                    labels.add(queue);
                }
            }
        }
        monitor.require(
                labels.equals(due), "the metrics tell of queues %s, where %s were recorded".formatted(labels, due));
    }

    private static void requireTrue(MonitorUnderTest monitor, Exposition metrics, RecordModel model, String queue) {
        QueueTotals totals = model.totals(queue);
        require(monitor, metrics, MetricNames.PRODUCED, queue, (double) totals.produced());
        require(monitor, metrics, MetricNames.PRODUCED_BYTES, queue, (double) totals.producedBytes());
        require(monitor, metrics, MetricNames.CONSUMED, queue, (double) totals.consumed());
        require(monitor, metrics, MetricNames.FAILED, queue, (double) totals.failed());
        require(monitor, metrics, MetricNames.RETRIED, queue, (double) totals.retried());
        require(monitor, metrics, MetricNames.DEAD_LETTERED, queue, (double) totals.deadLettered());
        require(monitor, metrics, MetricNames.DEPTH, queue, asDouble(model.depth(queue)));
        require(monitor, metrics, MetricNames.IN_FLIGHT, queue, asDouble(model.inFlight(queue)));
        requireHistogram(monitor, metrics, model.durations(queue).toList(), queue);
    }

    private static @Nullable Double asDouble(@Nullable Long value) {
        return value == null ? null : (Double) (double) value;
    }

    /** A counter that stands at zero may as well not be there. */
    private static void require(
            MonitorUnderTest monitor, Exposition metrics, String name, String queue, @Nullable Double due) {
        OptionalDouble value = metrics.value(name, Map.of(MetricNames.QUEUE, queue));
        boolean asDue = due == null
                ? value.isEmpty()
                : value.isPresent() ? value.getAsDouble() == due : name.endsWith("_total") && due == 0;
        monitor.require(
                asDue, "%s of queue '%s' is %s in the metrics, where %s is due".formatted(name, queue, value, due));
    }

    private static void requireHistogram(
            MonitorUnderTest monitor, Exposition metrics, List<Duration> durations, String queue) {
        String name = MetricNames.PROCESSING_SECONDS;
        double seconds = 0;
        for (Duration duration : durations) {
            seconds += duration.toNanos() / 1e9;
        }
        OptionalDouble sum = metrics.value(name, name + "_sum", Map.of(MetricNames.QUEUE, queue));
        monitor.require(
                Math.abs(sum.orElse(0) - seconds) <= 1e-6 * Math.max(1, seconds),
                "%s_sum of queue '%s' is %s, where attempts took %s s in all".formatted(name, queue, sum, seconds));
        List<Sample> samples = metrics.family(name).map(Family::samples).orElse(List.of());
        for (Sample sample : samples) {
            String le = sample.labels().get("le");
            if (le != null && queue.equals(sample.labels().get(MetricNames.QUEUE))) {
                double bound = le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
                long due = durations.stream()
                        .filter(it -> it.toNanos() / 1e9 <= bound)
                        .count();
                monitor.require(
                        sample.value() == due,
                        "the bucket le=%s of queue '%s' counts %s, where %d attempts took no longer"
                                .formatted(le, queue, sample.value(), due));
            }
        }
    }

    @Test
    @Verifies("O-4")
    default void countersStandWhereTheyStoodFromScrapeToScrape() {
        scrapeWhileRecording(List.of(oneOfEach("orders"), oneOfEach("payments"), oneOfEach("orders")), 0);
    }

    @Test
    @Verifies("O-4")
    default void countersOnlyGrowWhileManyThreadsRecord() {
        scrapeWhileRecording(List.of(oneOfEach("orders")), 3);
    }

    @Property
    @Verifies("O-4")
    default void countersNeverDecrease(
            @ForAll(supplier = MonitorWorkloads.FewQueues.class) List<PlannedRecord> records,
            @ForAll @IntRange(max = 2) int threads) {
        scrapeWhileRecording(records.stream().map(List::of).toList(), threads);
    }

    /** Scrapes after each step, while so many threads record all the time. */
    private void scrapeWhileRecording(List<List<PlannedRecord>> steps, int threads) {
        try (MonitorUnderTest monitor = MonitorUnderTest.open(this, "O-4")) {
            AtomicBoolean enough = new AtomicBoolean();
            List<Running<Boolean>> recorders = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                recorders.add(Bounded.startRun("recording", () -> {
                    while (!enough.get()) {
                        oneOfEach("orders").forEach(it -> it.record(monitor.unguarded()));
                    }
                }));
            }
            List<Exposition> scrapes = new ArrayList<>();
            for (List<PlannedRecord> step : steps) {
                monitor.record(it -> step.forEach(record -> record.record(it)));
                scrapes.add(monitor.scrape());
                scrapes.add(monitor.scrape());
            }
            monitor.setUp(AlertRule.builder("deep").build());
            monitor.depth("orders", 5);
            monitor.awaitThat("the alert", it -> it.history().size(), it -> it >= 1);
            scrapes.add(monitor.scrape());
            monitor.setUp(List.of());
            monitor.run("snapshot and health", () -> {
                monitor.unguarded().snapshot();
                monitor.unguarded().health();
            });
            scrapes.add(monitor.scrape());
            enough.set(true);
            recorders.forEach(
                    it -> monitor.run("recording", () -> it.await(timeouts().await())));
            monitor.judge(new CountersKeepUp(), scrapes);
            requireScrapesCounted(monitor, scrapes);
        }
    }

    /** What a dashboard shows of the monitor: alerts, health, evaluations, and since when it is there. */
    @Test
    @Verifies("O-3")
    @Needs(clock = true)
    default void theMonitorTellsTheTruthOfItself() {
        try (MonitorUnderTest monitor = MonitorUnderTest.onClock(this, "O-3")) {
            double opened = monitor.now().toEpochMilli() / 1000.0;
            requireOwn(monitor, "when nothing has happened", 0, 0, 1);
            monitor.setUp(
                    AlertRulesFor.depth("at once", Duration.ZERO)
                            .severity(Severity.CRITICAL)
                            .build(),
                    AlertRulesFor.depth("for hours", Duration.ofHours(9)).build(),
                    AlertRulesFor.depth("for days", Duration.ofDays(9)).build());
            monitor.depth("orders", 150);
            monitor.depth("refunds", 1);
            double before = own(monitor, MetricNames.EVALUATIONS);
            monitor.advance(INTERVAL.multipliedBy(10));
            double evaluations = own(monitor, MetricNames.EVALUATIONS) - before;
            monitor.require(
                    evaluations >= 9,
                    "%s grew by %s in 10 evaluation intervals".formatted(MetricNames.EVALUATIONS, evaluations));
            requireOwn(monitor, "when of three rules one fires, which is critical, and two are pending", 2, 1, 0);
            monitor.depth("payments", 150);
            monitor.advance(INTERVAL.multipliedBy(2));
            requireOwn(monitor, "when the same rules hold for another queue too", 4, 2, 0);
            monitor.depth("orders", 1);
            monitor.depth("payments", 1);
            monitor.advance(INTERVAL.multipliedBy(2));
            requireOwn(monitor, "when no rule holds any more", 0, 0, 1);
            double start = own(monitor, MetricNames.START_TIME);
            monitor.require(
                    Math.abs(start - opened) <= 1,
                    "%s is %.3f, where the monitor was opened at %.3f"
                            .formatted(MetricNames.START_TIME, start, opened));
        }
    }

    private static void requireOwn(MonitorUnderTest monitor, String when, int pending, int firing, int healthy) {
        Map<String, Integer> due = new TreeMap<>(Map.of(
                MetricNames.ALERTS_PENDING, pending,
                MetricNames.ALERTS_FIRING, firing,
                MetricNames.HEALTHY, healthy));
        Exposition scrape = monitor.scrape();
        due.forEach((name, value) -> {
            double told = scrape.value(name, Map.of()).orElse(Double.NaN);
            monitor.require(told == value, "%s is %s %s, where %d is due".formatted(name, told, when, value));
        });
    }

    private static double own(MonitorUnderTest monitor, String name) {
        return monitor.scrape().value(name, Map.of()).orElse(Double.NaN);
    }

    private static void requireScrapesCounted(MonitorUnderTest monitor, List<Exposition> scrapes) {
        double last = scrapes.get(scrapes.size() - 1)
                .value(MetricNames.SCRAPES, Map.of())
                .orElse(Double.NaN);
        monitor.require(
                last == scrapes.size(),
                "%s stands at %s in scrape %d".formatted(MetricNames.SCRAPES, last, scrapes.size()));
    }
}
