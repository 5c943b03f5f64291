package org.brokertck.tck.monitoring;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.AlertState;
import org.brokertck.api.monitoring.MetricNames;
import org.brokertck.api.monitoring.Severity;
import org.brokertck.tck.check.monitoring.HistoryTells;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.monitoring.AlertWorkload;
import org.brokertck.tck.workload.monitoring.MonitorWorkloads;
import org.junit.jupiter.api.Test;

/** The history lists what became of alerts, oldest first, with all that one wants to know, and no more of them than it may. */
public interface HistoryRules extends MonitorRules {
    @Test
    @Verifies("O-9")
    @Needs(clock = true)
    default void anEntryTellsItsValueTimeSeverityAndDescription() {
        AlertRule deep = AlertRulesFor.depth("deep", Duration.ofSeconds(5))
                .severity(Severity.CRITICAL)
                .description("Add consumers.")
                .build();
        try (MonitorUnderTest monitor = MonitorUnderTest.onClock(this, "O-9")) {
            monitor.setUp(deep);
            monitor.depth("orders", 150);
            monitor.advance(Duration.ofSeconds(3));
            monitor.depth("orders", 170);
            monitor.advance(Duration.ofSeconds(3));
            monitor.depth("orders", 30);
            monitor.advance(INTERVAL);
            List<Alert> history = monitor.history();
            monitor.require(history.size() == 2, "the history of one episode has %d entries".formatted(history.size()));
            requireEntry(monitor, history.get(0), deep, AlertState.FIRING, 170);
            requireEntry(monitor, history.get(1), deep, AlertState.RESOLVED, 30);
            Duration between =
                    Duration.between(history.get(0).timestamp(), history.get(1).timestamp());
            monitor.require(
                    !between.isNegative() && between.compareTo(INTERVAL.multipliedBy(2)) <= 0,
                    "the entries of an alert that was resolved within an interval lie %s apart".formatted(between));
        }
    }

    private static void requireEntry(
            MonitorUnderTest monitor, Alert entry, AlertRule rule, AlertState state, double value) {
        monitor.require(
                entry.rule().equals(rule)
                        && entry.queue().equals("orders")
                        && entry.state() == state
                        && entry.value() == value
                        && entry.severity() == rule.severity()
                        && entry.description().equals(rule.description()),
                "an entry of the history is %s, where %s with value %s, severity %s and '%s' is due"
                        .formatted(entry, state, value, rule.severity(), rule.description()));
    }

    @Property
    @Verifies("O-9")
    @Needs(clock = true)
    default void theHistoryTellsWhatHappenedInOrder(
            @ForAll(supplier = MonitorWorkloads.Alerts.class) AlertWorkload workload) {
        AlertDriver.judge(this, "O-9", workload, new HistoryTells());
    }

    @Test
    @Verifies("O-9")
    default void theHistoryKeepsTheNewestAndNoMoreThanItMay() {
        flap(4, 7);
    }

    @Property
    @Verifies("O-9")
    default void theHistoryIsBounded(
            @ForAll @IntRange(min = 1, max = 9) int capacity, @ForAll @IntRange(min = 1, max = 12) int episodes) {
        flap(capacity, episodes);
    }

    /** Each episode is on a queue of its own, so that entries tell which they are. */
    private void flap(int capacity, int episodes) {
        Listener listener = new Listener();
        try (MonitorUnderTest monitor = MonitorUnderTest.open(
                this, "O-9", hasty().historyCapacity(capacity).build())) {
            monitor.setUp(AlertRulesFor.depth("deep", Duration.ZERO, listener));
            for (int i = 0; i < episodes; i++) {
                monitor.depth("queue-" + i, 150);
                int told = 2 * i + 1;
                monitor.await("the call that it fires", () -> listener.told().size() == told);
                monitor.depth("queue-" + i, 1);
                monitor.await(
                        "the call that it is resolved", () -> listener.told().size() == told + 1);
            }
            List<String> all = inWords(listener.told());
            List<String> due = all.subList(Math.max(0, all.size() - capacity), all.size());
            List<String> kept = inWords(monitor.history());
            monitor.require(
                    kept.equals(due),
                    "a history with room for %d holds %s, where the newest are %s".formatted(capacity, kept, due));
        }
    }

    private static List<String> inWords(List<Alert> alerts) {
        return alerts.stream().map(it -> it.queue() + " " + it.state().word()).toList();
    }

    /** The history forgets, and the counters do not: by turns it holds more of what fired and more of what was resolved. */
    @Test
    @Verifies("O-4")
    @Needs(clock = true)
    default void countersGoOnWhenTheHistoryIsFull() {
        int episodes = 6;
        for (int capacity : new int[] {1, 2, 3}) {
            try (MonitorUnderTest monitor = MonitorUnderTest.onClock(
                    this, "O-4", config().historyCapacity(capacity).build())) {
                monitor.setUp(AlertRulesFor.depth("deep", Duration.ZERO).build());
                for (int episode = 1; episode <= episodes; episode++) {
                    monitor.depth("orders", 150);
                    monitor.advance(INTERVAL);
                    requireCounted(monitor, MetricNames.ALERTS_FIRED, episode, capacity);
                    requireCounted(monitor, MetricNames.ALERTS_RESOLVED, episode - 1, capacity);
                    monitor.depth("orders", 5);
                    monitor.advance(INTERVAL);
                    requireCounted(monitor, MetricNames.ALERTS_FIRED, episode, capacity);
                    requireCounted(monitor, MetricNames.ALERTS_RESOLVED, episode, capacity);
                }
            }
        }
    }

    private static void requireCounted(MonitorUnderTest monitor, String name, int due, int capacity) {
        double counted = monitor.scrape().value(name, Map.of()).orElse(0);
        monitor.require(
                counted == due,
                "%s is %s, where %d are due and the history has room for %d entries"
                        .formatted(name, counted, due, capacity));
    }
}
