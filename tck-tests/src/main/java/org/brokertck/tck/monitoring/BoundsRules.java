package org.brokertck.tck.monitoring;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.monitoring.AlertMetric;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.Condition;
import org.brokertck.api.monitoring.MetricNames;
import org.brokertck.api.monitoring.MetricsSnapshot;
import org.brokertck.api.monitoring.Outcome;
import org.brokertck.api.monitoring.QueueMonitor;
import org.brokertck.api.monitoring.QueueTotals;
import org.brokertck.tck.history.monitoring.Exposition;
import org.brokertck.tck.history.monitoring.Family;
import org.brokertck.tck.history.monitoring.Sample;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Neither ever new names nor any number of recordings use up the memory, and nothing that was counted gets lost over it. */
public interface BoundsRules extends MonitorRules {
    /** So many attempts that a monitor which keeps a few bytes of each is told from one that keeps none. */
    int MANY = 1_000_000;

    /** Far below what {@link #MANY} of anything take, and far above what a monitor takes. */
    long SOME_BYTES = 12L << 20;

    @Test
    @Verifies("O-12")
    default void aFloodOfUnknownQueuesIsSummedUp() {
        flood(10, 20_000);
    }

    @Property
    @Verifies("O-12")
    default void anyNumberOfQueuesFindsRoomOrIsSummedUp(
            @ForAll @IntRange(min = 1, max = 20) int room, @ForAll @IntRange(min = 1, max = 60) int queues) {
        flood(room, queues);
    }

    private void flood(int room, int queues) {
        AlertRule any = AlertRule.builder("anything")
                .metric(AlertMetric.PRODUCED_TOTAL)
                .condition(Condition.AT_LEAST)
                .threshold(1)
                .build();
        try (MonitorUnderTest monitor =
                MonitorUnderTest.open(this, "O-12", hasty().maxQueues(room).build())) {
            monitor.setUp(any);
            monitor.run("recording of " + queues + " queues", timeouts().recovery(), () -> {
                for (int i = 0; i < queues; i++) {
                    recordAll(monitor.unguarded(), "queue-" + i);
                    recordAll(monitor.unguarded(), "queue-" + i % room);
                }
            });
            int most = Math.min(room, queues);
            MetricsSnapshot snapshot = monitor.snapshot();
            requireQueues(monitor, "totals", snapshot.totals().keySet(), most, room < queues);
            requireQueues(monitor, "depths", snapshot.queueDepths().keySet(), most, false);
            requireQueues(monitor, "metrics", labels(monitor.scrape()), most, room < queues);
            requireNothingLost(monitor, snapshot, queues, most);
            int alerts = monitor.awaitThat(
                    "an alert of each queue that has room", it -> it.alerts().size(), it -> it >= most);
            monitor.require(alerts <= most + 1, "%d alerts fire where %d queues have room".formatted(alerts, room));
        }
    }

    private static void recordAll(QueueMonitor monitor, String queue) {
        monitor.recordProduced(queue, 5);
        monitor.recordConsumed(queue, Duration.ofMillis(1), Outcome.SUCCESS);
        monitor.recordConsumed(queue, Duration.ofMillis(1), Outcome.FAILURE);
        monitor.recordRetried(queue);
        monitor.recordDeadLettered(queue);
        monitor.recordQueueDepth(queue, 1);
        monitor.recordInFlight(queue, 1);
    }

    private static void requireQueues(
            MonitorUnderTest monitor, String where, Set<String> queues, int most, boolean others) {
        Set<String> due = new HashSet<>();
        for (int i = 0; i < most; i++) {
            due.add("queue-" + i);
        }
        if (others) {
            due.add(QueueMonitor.OTHER_QUEUES);
        }
        monitor.require(
                queues.equals(due),
                "the %s tell %d queues apart, where the first %d%s are due"
                        .formatted(where, queues.size(), most, others ? " and one for all others" : ""));
    }

    private static Set<String> labels(Exposition metrics) {
        Set<String> labels = new HashSet<>();
        for (Family family : metrics.families().values()) {
            for (Sample sample : family.samples()) {
                String queue = sample.labels().get(MetricNames.QUEUE);
                if (queue != null) {
                    labels.add(queue);
                }
            }
        }
        return labels;
    }

    private static void requireNothingLost(MonitorUnderTest monitor, MetricsSnapshot snapshot, int queues, int most) {
        long produced = 0;
        for (QueueTotals totals : snapshot.totals().values()) {
            produced += totals.produced();
        }
        monitor.require(
                produced == 2L * queues,
                "all queues together count %d messages, where %d were produced".formatted(produced, 2L * queues));
        long others = (long) queues - most;
        QueueTotals due =
                others == 0 ? QueueTotals.NONE : new QueueTotals(others, 5 * others, others, others, others, others);
        QueueTotals shown = snapshot.totalsOf(QueueMonitor.OTHER_QUEUES);
        monitor.require(
                shown.equals(due), "'%s' counts %s, where %s is due".formatted(QueueMonitor.OTHER_QUEUES, shown, due));
        double overflow = monitor.scrape().value(MetricNames.OVERFLOW, Map.of()).orElse(Double.NaN);
        monitor.require(
                overflow == 7.0 * others,
                "%s is %s, where %d recordings found no room".formatted(MetricNames.OVERFLOW, overflow, 7 * others));
    }

    @Test
    @Verifies("O-12")
    @Needs(inMemory = true)
    default void whatIsRecordedAtAnyRateIsNotKept() {
        try (MonitorUnderTest monitor = MonitorUnderTest.open(this, "O-12")) {
            monitor.setUp(AlertRulesFor.depth("deep", Duration.ZERO).build());
            record(monitor, 1000);
            long before = used();
            record(monitor, MANY);
            long grown = used() - before;
            monitor.require(
                    grown < SOME_BYTES,
                    "recording %d attempts of one queue left %d MiB in use".formatted(MANY, grown >> 20));
        }
    }

    private void record(MonitorUnderTest monitor, int number) {
        monitor.run(
                "recording of " + number + " attempts", timeouts().recovery().multipliedBy(2), () -> {
                    for (int i = 0; i < number; i++) {
                        monitor.unguarded().recordConsumed("orders", Duration.ofNanos(i), Outcome.SUCCESS);
                        if (i % 4 == 0) {
                            monitor.unguarded().recordQueueDepth("orders", i % 100);
                            monitor.unguarded().recordProduced("orders", i % 1000);
                        }
                    }
                });
    }

    /** The memory in use after a collection: the least of a few, since others allocate too. */
    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
