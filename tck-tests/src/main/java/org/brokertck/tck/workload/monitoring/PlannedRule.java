package org.brokertck.tck.workload.monitoring;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.brokertck.api.monitoring.AlertCallback;
import org.brokertck.api.monitoring.AlertMetric;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.Condition;
import org.brokertck.api.monitoring.Severity;

/**
 * An alert rule on a gauge.
 *
 * @param metric depth or messages in flight
 * @param condition how it compares
 * @param threshold near the values that are recorded
 * @param durationMillis for how long it must hold
 * @param severity any
 * @param description may be empty
 */
public record PlannedRule(
        AlertMetric metric,
        Condition condition,
        double threshold,
        long durationMillis,
        Severity severity,
        String description) {
    private static final long MOST_TRIED = 20;

    /** The rule itself. */
    public AlertRule named(String name, AlertCallback callback) {
        return AlertRule.builder(name)
                .metric(metric)
                .condition(condition)
                .threshold(threshold)
                .duration(Duration.ofMillis(durationMillis))
                .severity(severity)
                .description(description)
                .callback(callback)
                .build();
    }

    /** A value that meets the condition; empty when no whole number does. */
    public OptionalLong meeting() {
        return LongStream.range(0, MOST_TRIED)
                .filter(it -> condition.holds((double) it, threshold))
                .findFirst();
    }
}
