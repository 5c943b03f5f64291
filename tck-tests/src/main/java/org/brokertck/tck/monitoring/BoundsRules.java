package org.brokertck.tck.monitoring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.brokertck.tck.scenario.Heap;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
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

    /** The last places are taken by several threads at the same moment. */
    @Test
    @Verifies("O-12")
    default void theBoundHoldsWhenManyQueuesComeAtOnce() {
        for (int round = 0; round < 30; round++) {
            comeAtOnce(3, 3, 8);
        }
    }

    private void comeAtOnce(int room, int threads, int each) {
        AtomicInteger ready = new AtomicInteger();
        try (MonitorUnderTest monitor =
                MonitorUnderTest.open(this, "O-12", hasty().maxQueues(room).build())) {
            List<Running<Boolean>> recorders = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                String prefix = "queue-" + t + "-";
                recorders.add(Bounded.startRun("recorder", () -> {
                    ready.incrementAndGet();
                    Polling.until(timeouts().await(), () -> ready.get() == threads, it -> it);
                    for (int i = 0; i < each; i++) {
                        monitor.unguarded().recordProduced(prefix + i, 5);
                    }
                }));
            }
            recorders.forEach(it -> monitor.run(
                    "recording by several threads",
                    timeouts().await().multipliedBy(2),
                    () -> it.await(timeouts().await())));
            MetricsSnapshot snapshot = monitor.snapshot();
            Set<String> apart = new HashSet<>(snapshot.totals().keySet());
            apart.remove(QueueMonitor.OTHER_QUEUES);
            monitor.require(
                    apart.size() == room,
                    "the totals tell %d queues apart that came at once, where there is room for %d"
                            .formatted(apart.size(), room));
            long produced = snapshot.totals().values().stream()
                    .mapToLong(QueueTotals::produced)
                    .sum();
            monitor.require(
                    produced == (long) threads * each,
                    "all queues together count %d messages, where %d were produced"
                            .formatted(produced, threads * each));
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
            long before = Heap.used();
            record(monitor, MANY);
            long grown = Heap.used() - before;
            monitor.require(
                    grown < SOME_BYTES,
                    "recording %d attempts of one queue left %d MiB in use".formatted(MANY, grown >> 20));
        }
    }

    /** What has left the window is gone, though nobody asks. */
    @Test
    @Verifies("O-12")
    @Needs(inMemory = true, clock = true)
    default void whatWasRecordedLongAgoIsNotKept() {
        int records = MANY / 2;
        Duration apart = Duration.ofMillis(20);
        try (MonitorUnderTest monitor = MonitorUnderTest.onClock(
                this, "O-12", config().window(Duration.ofSeconds(1)).build())) {
            long before = Heap.used();
            monitor.run(
                    "recording of attempts over hours", timeouts().recovery().multipliedBy(2), () -> {
                        for (int i = 0; i < records; i++) {
                            monitor.unguarded().recordConsumed("orders", Duration.ofNanos(i), Outcome.SUCCESS);
                            monitor.clock().advance(apart);
                        }
                    });
            long grown = Heap.used() - before;
            monitor.require(
                    grown < SOME_BYTES,
                    "recording %d attempts of one queue, one every %s, left %d MiB in use with a window of a second"
                            .formatted(records, apart, grown >> 20));
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
}
