package org.brokertck.tck.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertMetric;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.QueueMonitor;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.history.monitoring.ActiveSample;
import org.brokertck.tck.history.monitoring.AlertHistory;
import org.brokertck.tck.history.monitoring.AlertMoment;
import org.brokertck.tck.history.monitoring.GaugeReading;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.workload.monitoring.AlertWorkload;
import org.brokertck.tck.workload.monitoring.PlannedReading;
import org.brokertck.tck.workload.monitoring.PlannedRule;

/** Plays a schedule of recordings on a manual clock, and writes down what the monitor makes of it. */
final class AlertDriver {
    private static final long LONGEST_MILLIS = 1000;

    private final MonitorUnderTest monitor;
    private final AlertWorkload workload;
    private final Instant start;
    private final Map<String, Listener> listeners = new LinkedHashMap<>();
    private final List<AlertRule> rules = new ArrayList<>();
    private final List<GaugeReading> readings = new ArrayList<>();
    private final List<ActiveSample> samples = new ArrayList<>();

    private AlertDriver(MonitorUnderTest monitor, AlertWorkload workload) {
        this.monitor = monitor;
        this.workload = workload;
        this.start = monitor.now();
    }

    /** Plays the schedule against a fresh monitor, then judges. */
    static void judge(MonitorRules tests, String ruleId, AlertWorkload workload, Check<AlertHistory> check) {
        Duration interval = Duration.ofMillis(AlertWorkload.INTERVAL_MILLIS);
        try (MonitorUnderTest monitor = MonitorUnderTest.onClock(
                tests, ruleId, tests.config().evaluationInterval(interval).build())) {
            monitor.judge(check, new AlertDriver(monitor, workload).play());
        }
    }

    private AlertHistory play() {
        for (int i = 0; i < workload.rules().size(); i++) {
            Listener listener = new Listener();
            AlertRule rule = workload.rules().get(i).named("rule-" + i, listener);
            rules.add(rule);
            listeners.put(rule.name(), listener);
        }
        monitor.setUp(rules);
        workload.readings().forEach(this::step);
        Map<String, String> sentinels = sentinels();
        pass(LONGEST_MILLIS + 2 * AlertWorkload.INTERVAL_MILLIS);
        List<Alert> history = monitor.history();
        Polling.until(monitor.timeouts().await(), () -> haveHeard(sentinels, history), it -> it);
        List<AlertMoment> entries = history.stream()
                .map(it -> new AlertMoment(millis(it.timestamp()), it))
                .toList();
        return new AlertHistory(rules, AlertWorkload.INTERVAL_MILLIS, now(), readings, entries, samples, told());
    }

    /** Whether each callback was told of its sentinel, and of as much as the history says: whatever came before that was told too. */
    private boolean haveHeard(Map<String, String> sentinels, List<Alert> history) {
        return rules.stream().map(AlertRule::name).allMatch(rule -> {
            long due =
                    history.stream().filter(it -> it.rule().name().equals(rule)).count();
            String sentinel = sentinels.get(rule);
            return listener(rule).told().size() >= due
                    && (sentinel == null || listener(rule).heardOf(sentinel));
        });
    }

    private Listener listener(String rule) {
        return listeners.getOrDefault(rule, new Listener());
    }

    private void step(PlannedReading step) {
        record("queue-" + step.queue(), step.metric(), step.value());
        sample();
        if (step.thenMillis() > 0) {
            pass(step.thenMillis());
        }
    }

    private void record(String queue, AlertMetric metric, long value) {
        readings.add(new GaugeReading(now(), queue, metric, value));
        monitor.record(it -> recordOn(it, queue, metric, value));
    }

    private static void recordOn(QueueMonitor monitor, String queue, AlertMetric metric, long value) {
        if (metric == AlertMetric.QUEUE_DEPTH) {
            monitor.recordQueueDepth(queue, value);
        } else {
            monitor.recordInFlight(queue, value);
        }
    }

    private void pass(long millis) {
        monitor.advance(Duration.ofMillis(millis));
        sample();
    }

    private void sample() {
        samples.add(new ActiveSample(now(), monitor.alerts()));
    }

    /** A queue for each rule that can be met, whose value meets it; by the rule's name. */
    private Map<String, String> sentinels() {
        Map<String, String> sentinels = new LinkedHashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            PlannedRule rule = workload.rules().get(i);
            OptionalLong meeting = rule.meeting();
            if (meeting.isPresent()) {
                String queue = "sentinel-" + i;
                record(queue, rule.metric(), meeting.getAsLong());
                sentinels.put(rules.get(i).name(), queue);
            }
        }
        return sentinels;
    }

    private Map<String, List<Alert>> told() {
        Map<String, List<Alert>> told = new LinkedHashMap<>();
        listeners.forEach((rule, listener) -> told.put(rule, listener.told()));
        return told;
    }

    private long now() {
        return millis(monitor.now());
    }

    private long millis(Instant instant) {
        return Duration.between(start, instant).toMillis();
    }
}
