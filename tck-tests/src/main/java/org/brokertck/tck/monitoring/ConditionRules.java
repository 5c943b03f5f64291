package org.brokertck.tck.monitoring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertMetric;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.AlertState;
import org.brokertck.api.monitoring.Condition;
import org.brokertck.api.monitoring.Outcome;
import org.brokertck.api.monitoring.QueueMonitor;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Conditions compare as they are written, at the threshold itself too, on every metric; what has no value fires nothing. */
public interface ConditionRules extends MonitorRules {
    /** A metric, and recordings after which it has a known value. */
    enum Known {
        /** 7 wait. */
        DEPTH(AlertMetric.QUEUE_DEPTH, 7, it -> it.recordQueueDepth("orders", 7)),
        /** 3 are in hand. */
        IN_FLIGHT(AlertMetric.IN_FLIGHT, 3, it -> it.recordInFlight("orders", 3)),
        /** Half of all failed. */
        ERRORS(AlertMetric.ERROR_RATE, 0.5, it -> {
            it.recordConsumed("orders", Duration.ofMillis(1), Outcome.FAILURE);
            it.recordConsumed("orders", Duration.ofMillis(1), Outcome.SUCCESS);
        }),
        /** 17/64 of a second, which a double holds exactly, and which is no whole number of milliseconds. */
        LATENCY(AlertMetric.AVG_LATENCY, 0.265625, it -> {
            it.recordConsumed("orders", Duration.ofMillis(400), Outcome.FAILURE);
            it.recordConsumed("orders", Duration.ofNanos(131_250_000), Outcome.SUCCESS);
        }),
        /** 25 in a window of 100 s. */
        RATE(AlertMetric.PROCESSING_RATE, 0.25, it -> times(25, () -> succeed(it))),
        /** 4 produced. */
        PRODUCED(AlertMetric.PRODUCED_TOTAL, 4, it -> times(4, () -> it.recordProduced("orders", 9))),
        /** 5 succeeded. */
        CONSUMED(AlertMetric.CONSUMED_TOTAL, 5, it -> times(5, () -> succeed(it))),
        /** 2 failed. */
        FAILED(
                AlertMetric.FAILED_TOTAL,
                2,
                it -> times(2, () -> it.recordConsumed("orders", Duration.ZERO, Outcome.FAILURE))),
        /** 6 made again. */
        RETRIED(AlertMetric.RETRIED_TOTAL, 6, it -> times(6, () -> it.recordRetried("orders"))),
        /** 3 parked. */
        DEAD_LETTERED(AlertMetric.DEAD_LETTERED_TOTAL, 3, it -> times(3, () -> it.recordDeadLettered("orders")));

        private final AlertMetric metric;
        private final double value;
        private final Consumer<QueueMonitor> recording;

        Known(AlertMetric metric, double value, Consumer<QueueMonitor> recording) {
            this.metric = metric;
            this.value = value;
            this.recording = recording;
        }

        private static void times(int number, Runnable recording) {
            for (int i = 0; i < number; i++) {
                recording.run();
            }
        }

        private static void succeed(QueueMonitor monitor) {
            monitor.recordConsumed("orders", Duration.ofMillis(1), Outcome.SUCCESS);
        }
    }

    @Test
    @Verifies("O-7")
    @Needs(clock = true)
    default void everyConditionOnEveryMetricIsAsWrittenAtItsThresholdAndBesideIt() {
        for (Known known : Known.values()) {
            requireAsWritten(
                    known.metric,
                    known.value,
                    known.recording,
                    List.of(
                            known.value,
                            Math.nextUp(known.value),
                            Math.nextDown(known.value),
                            known.value + 1,
                            known.value - 1));
        }
    }

    @Property
    @Verifies("O-7")
    @Needs(clock = true)
    default void anyDepthIsComparedAsWritten(
            @ForAll @LongRange(max = 1_000_000) long depth, @ForAll @IntRange(min = -2, max = 2) int off) {
        double threshold = depth + off;
        requireAsWritten(
                AlertMetric.QUEUE_DEPTH,
                (double) depth,
                it -> it.recordQueueDepth("orders", depth),
                List.of(threshold, Math.nextUp(threshold), Math.nextDown(threshold)));
    }

    private void requireAsWritten(
            AlertMetric metric, double value, Consumer<QueueMonitor> recording, List<Double> thresholds) {
        try (MonitorUnderTest monitor = MonitorUnderTest.onClock(this, "O-7")) {
            monitor.record(recording);
            List<AlertRule> rules = new ArrayList<>();
            for (double threshold : thresholds) {
                for (Condition condition : Condition.values()) {
                    rules.add(AlertRule.builder("%s %s %s".formatted(metric.word(), condition.symbol(), threshold))
                            .metric(metric)
                            .condition(condition)
                            .threshold(threshold)
                            .build());
                }
            }
            monitor.setUp(rules);
            monitor.advance(INTERVAL);
            List<String> firing = firing(monitor);
            for (AlertRule rule : rules) {
                boolean due = Condition.of(rule.condition()).holds(value, rule.threshold());
                monitor.require(
                        firing.contains(rule.name()) == due,
                        "%s %s, where the value is %s".formatted(rule.name(), due ? "does not fire" : "fires", value));
            }
        }
    }

    private static List<String> firing(MonitorUnderTest monitor) {
        return monitor.alerts().stream()
                .filter(it -> it.state() == AlertState.FIRING)
                .map(it -> it.rule().name())
                .toList();
    }

    /** A queue that is known, of which depth, errors and latency are not. */
    @Test
    @Verifies("O-7")
    @Needs(clock = true)
    default void whatHasNoValueFiresNothing() {
        requireNothingFires(it -> it.recordProduced("orders", 1), 0);
    }

    @Property
    @Verifies("O-7")
    @Needs(clock = true)
    default void whateverTheThresholdWhatHasNoValueFiresNothing(@ForAll @IntRange(min = -3, max = 3) int threshold) {
        requireNothingFires(it -> it.recordRetried("orders"), threshold);
    }

    private void requireNothingFires(Consumer<QueueMonitor> recording, double threshold) {
        List<AlertMetric> unknown = List.of(
                AlertMetric.QUEUE_DEPTH, AlertMetric.IN_FLIGHT, AlertMetric.ERROR_RATE, AlertMetric.AVG_LATENCY);
        try (MonitorUnderTest monitor = MonitorUnderTest.onClock(this, "O-7")) {
            List<AlertRule> rules = new ArrayList<>();
            for (AlertMetric metric : unknown) {
                for (Condition condition : Condition.values()) {
                    rules.add(AlertRule.builder(metric.word() + " " + condition.symbol() + " " + threshold)
                            .metric(metric)
                            .condition(condition)
                            .threshold(threshold)
                            .build());
                }
            }
            monitor.setUp(rules);
            monitor.record(recording);
            monitor.advance(INTERVAL.multipliedBy(5));
            List<Alert> alerts = monitor.alerts();
            monitor.require(
                    alerts.isEmpty() && monitor.history().isEmpty(),
                    "alerts are active where there is no value yet: "
                            + alerts.stream().map(it -> it.rule().name()).toList());
        }
    }

    /** When the last attempt leaves the window, nothing is known of errors any more. */
    @Test
    @Verifies("O-7")
    @Needs(clock = true)
    default void anAlertWhoseValueIsNoMoreIsResolved() {
        AlertRule errors = AlertRule.builder("errors")
                .metric(AlertMetric.ERROR_RATE)
                .condition(Condition.NOT_EQUAL)
                .threshold(0)
                .build();
        try (MonitorUnderTest monitor = MonitorUnderTest.onClock(this, "O-7")) {
            monitor.setUp(errors);
            monitor.record(it -> it.recordConsumed("orders", Duration.ofMillis(1), Outcome.FAILURE));
            monitor.advance(INTERVAL);
            monitor.require(firing(monitor).equals(List.of("errors")), "errors != 0 does not fire, where all failed");
            monitor.advance(Duration.ofSeconds(200));
            monitor.require(
                    monitor.alerts().isEmpty(),
                    "errors != 0 fires, where nothing was attempted in the window and there is no value");
        }
    }
}
