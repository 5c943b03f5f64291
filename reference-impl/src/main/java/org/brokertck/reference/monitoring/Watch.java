package org.brokertck.reference.monitoring;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.brokertck.api.monitoring.AlertMetric;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.Condition;

/**
 * A rule in force, and for which queues its condition holds.
 *
 * @param rule the rule
 * @param metric what it watches
 * @param condition how it compares
 * @param episodes by queue; changed under the lock of {@link Alerting}, read without
 * @param lane where its callback runs
 */
record Watch(
        AlertRule rule,
        AlertMetric metric,
        Condition condition,
        Map<QueueFigures, Episode> episodes,
        Callbacks.Lane lane) {
    static Watch of(AlertRule rule, Callbacks.Lane lane) {
        return new Watch(
                rule,
                AlertMetric.of(rule.metric()).orElseThrow(),
                Condition.of(rule.condition()),
                new ConcurrentHashMap<>(),
                lane);
    }

    boolean holds(double value) {
        return condition.holds(value, rule.threshold());
    }

    /** Whether this value begins or ends an episode of the queue. */
    boolean isChangedBy(QueueFigures queue, double value) {
        return holds(value) != episodes.containsKey(queue);
    }
}
