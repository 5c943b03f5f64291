package org.brokertck.tck.monitoring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.MetricNames;
import org.brokertck.api.monitoring.MetricsSnapshot;
import org.brokertck.api.monitoring.Outcome;
import org.brokertck.api.monitoring.QueueMonitor;
import org.brokertck.tck.history.monitoring.Family;
import org.brokertck.tck.history.monitoring.Sample;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.monitoring.MonitorWorkloads;
import org.brokertck.tck.workload.monitoring.PlannedRecord;
import org.junit.jupiter.api.Test;

/** Monitors share nothing with each other, nor collections with whoever calls them, and stand many callers at once. */
public interface InstanceRules extends MonitorRules {
    @Test
    @Verifies("G-4")
    default void allMethodsMayBeCalledAtOnce() {
        callAllAtOnce(500, 40);
    }

    @Property
    @Verifies("G-4")
    default void allMethodsMayBeCalledAtOnceAnyNumberOfTimes(@ForAll @IntRange(min = 1, max = 40) int times) {
        callAllAtOnce(times, 5);
    }

    /**
     * @param times how often each method is called
     * @param alerts how many alerts must have come and gone before the calls that concern them end; not for ever where none comes,
     *     which is no subject of this rule
     */
    private void callAllAtOnce(int times, int alerts) {
        Listener listener = new Listener();
        List<AlertRule> rules = List.of(AlertRulesFor.depth("deep", Duration.ZERO, listener));
        try (MonitorUnderTest monitor = MonitorUnderTest.open(
                this, "G-4", config().evaluationInterval(Duration.ofMillis(10)).build())) {
            QueueMonitor it = monitor.unguarded();
            it.setupAlerts(rules);
            long end = System.nanoTime() + timeouts().await().dividedBy(2).toNanos();
            BooleanSupplier goesOn = () -> listener.told().size() < alerts && System.nanoTime() - end < 0;
            List<Running<Boolean>> callers = new ArrayList<>();
            for (Operation operation : Operation.values()) {
                callers.add(repeat(operation.name(), times, n -> operation.make(it)));
            }
            callers.add(repeat("new queues", times, n -> it.recordProduced("queue-" + n % 50, 1)));
            callers.add(repeat(
                    "depths", times, goesOn, n -> it.recordQueueDepth("queue-" + n % 5, n % 2 == 0 ? 150 : 1)));
            callers.add(repeat("setupAlerts", times, n -> it.setupAlerts(rules)));
            callers.add(repeat("snapshot", times, n -> it.snapshot()));
            callers.add(repeat("scrape", times, n -> it.scrape()));
            callers.add(repeat("alerts", times, goesOn, n -> it.alerts()));
            callers.add(repeat("history", times, goesOn, n -> it.history()));
            callers.add(repeat("health", times, goesOn, n -> it.health()));
            callers.forEach(caller -> monitor.run(
                    "one of " + callers.size() + " callers at once",
                    timeouts().recovery().multipliedBy(2),
                    () -> caller.await(timeouts().recovery())));
            long produced = monitor.snapshot().totals().values().stream()
                    .mapToLong(totals -> totals.produced())
                    .sum();
            monitor.require(
                    produced == 2L * times,
                    "%d messages are counted after many calls at once, where %d were produced"
                            .formatted(produced, 2L * times));
        }
    }

    private static Running<Boolean> repeat(String what, int times, IntConsumer call) {
        return repeat(what, times, () -> false, call);
    }

    private static Running<Boolean> repeat(String what, int times, BooleanSupplier goesOn, IntConsumer call) {
        return Bounded.startRun(what, () -> {
            for (int i = 0; i < times || goesOn.getAsBoolean(); i++) {
                call.accept(i);
            }
        });
    }

    @Test
    @Verifies("G-8")
    default void whatIsGivenAndHandedOutIsIsolated() {
        isolate(3);
    }

    @Property
    @Verifies("G-8")
    default void aListOfRulesIsNoLongerTheCallers(@ForAll @IntRange(min = 1, max = 5) int rules) {
        isolate(rules);
    }

    private void isolate(int number) {
        List<AlertRule> given = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            given.add(AlertRulesFor.depth("rule-" + i, Duration.ZERO).build());
        }
        try (MonitorUnderTest monitor = MonitorUnderTest.open(this, "G-8", hasty().build())) {
            monitor.setUp(given);
            given.clear();
            given.add(AlertRulesFor.depth("late", Duration.ZERO).threshold(0).build());
            MetricsSnapshot before = monitor.snapshot();
            List<Alert> history = monitor.history();
            monitor.depth("orders", 150);
            monitor.awaitThat("that all rules fire", it -> it.history().size(), it -> it >= number);
            List<Alert> alerts = monitor.alerts();
            monitor.require(
                    alerts.stream().noneMatch(it -> it.rule().name().equals("late")),
                    "a rule fires that was put into the list after it had been set up");
            monitor.require(
                    before.queueDepths().isEmpty() && before.totals().isEmpty() && history.isEmpty(),
                    "what was handed out before changed with what was recorded afterwards: %s, %s"
                            .formatted(before, history));
            tryToClear(monitor.alerts());
            tryToClear(monitor.history());
            monitor.require(
                    monitor.alerts().size() == number && monitor.history().size() == number,
                    "who clears a list that was handed out clears the monitor's own");
        }
    }

    private static void tryToClear(List<?> list) {
        try {
            list.clear();
        } catch (UnsupportedOperationException e) {
            // This is one way to be isolated.
        }
    }

    @Test
    @Verifies("G-11")
    default void twoMonitorsShareNothing() {
        recordOnOneOfTwo(List.of(
                new PlannedRecord(PlannedRecord.Kind.PRODUCED, "orders", 1),
                new PlannedRecord(PlannedRecord.Kind.FAILED, "orders", 5)));
    }

    @Property
    @Verifies("G-11")
    default void whatIsRecordedOnOneMonitorIsUnknownToTheOther(
            @ForAll(supplier = MonitorWorkloads.FewQueues.class) List<PlannedRecord> records) {
        recordOnOneOfTwo(records);
    }

    private void recordOnOneOfTwo(List<PlannedRecord> records) {
        try (MonitorUnderTest one = MonitorUnderTest.open(this, "G-11", hasty().build());
                MonitorUnderTest other = MonitorUnderTest.open(this, "G-11", hasty().build())) {
            one.setUp(AlertRulesFor.depth("deep", Duration.ZERO).threshold(-1).build());
            one.record(it -> records.forEach(record -> record.record(it)));
            one.record(it -> it.recordConsumed("orders", Duration.ofMillis(5), Outcome.SUCCESS));
            one.depth("orders", 1);
            one.awaitThat("the alert", it -> it.alerts().size(), it -> it >= 1);
            other.require(
                    other.snapshot().totals().isEmpty()
                            && other.alerts().isEmpty()
                            && other.history().isEmpty(),
                    "a monitor tells of what was recorded on another one: " + other.snapshot());
            for (Family family : other.scrape().families().values()) {
                for (Sample sample : family.samples()) {
                    other.require(
                            !sample.labels().containsKey(MetricNames.QUEUE),
                            "the metrics of a monitor tell of what was recorded on another one: " + sample);
                }
            }
            double own = one.scrape().value(MetricNames.SCRAPES, Map.of()).orElse(Double.NaN);
            one.require(own == 1, "the first scrape of a monitor says that it is scrape " + own);
            other.closeNow();
            one.record(it -> it.recordRetried("orders"));
        }
    }
}
