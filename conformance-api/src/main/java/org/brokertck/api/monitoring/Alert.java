package org.brokertck.api.monitoring;

import java.time.Instant;
import java.util.Objects;

/**
 * An alert of one rule for one queue, as it stood at one moment (rules O-5, O-6 and O-9). The names of the parts are those of
 * its JSON form, in words joined by underscores.
 *
 * @param rule the rule
 * @param queue the queue whose value met the condition
 * @param state where it stands
 * @param value the value at {@code timestamp}; NaN when an alert is resolved because there is no value any more
 * @param activeSince since when the condition has held, or had when the alert was resolved
 * @param timestamp when it took this state
 * @param severity that of the rule
 * @param description that of the rule; where it is empty, a sentence that tells rule, queue and condition
 */
public record Alert(
        AlertRule rule,
        String queue,
        AlertState state,
        double value,
        Instant activeSince,
        Instant timestamp,
        Severity severity,
        String description) {
    /** Checks that all parts are there. */
    public Alert {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(activeSince, "activeSince");
        Objects.requireNonNull(timestamp, "timestamp");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(description, "description");
    }

    /** An alert with the rule's severity and description. */
    public static Alert of(
            AlertRule rule, String queue, AlertState state, double value, Instant activeSince, Instant timestamp) {
        String description = rule.description().isEmpty()
                ? "%s: %s of queue '%s' %s %s for %s"
                        .formatted(
                                rule.name(), rule.metric(), queue, rule.condition(), rule.threshold(), rule.duration())
                : rule.description();
        return new Alert(rule, queue, state, value, activeSince, timestamp, rule.severity(), description);
    }
}
