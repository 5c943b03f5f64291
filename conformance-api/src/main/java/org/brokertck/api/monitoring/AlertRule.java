package org.brokertck.api.monitoring;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When an alert fires: the metric of a queue has met the condition for the whole duration. The rule applies to every queue by
 * itself. As it may come from a file, it may be invalid: {@link QueueMonitor#setupAlerts} judges rules together, and
 * {@link AlertRules} says how. The names of the parts are those of its JSON form; {@code callback} has none.
 *
 * @param name tells it from the others of its set; not blank
 * @param metric what is watched: the word of an {@link AlertMetric}
 * @param condition a {@link Condition} as its symbol
 * @param threshold what the value is compared with, in the unit of the metric; a finite number
 * @param duration how long the condition must hold without a break; zero fires at once
 * @param severity how bad it is
 * @param description what it means and what to do; may be empty
 * @param callback who hears of it; null for nobody
 */
public record AlertRule(
        String name,
        String metric,
        String condition,
        double threshold,
        Duration duration,
        Severity severity,
        String description,
        @Nullable AlertCallback callback) {
    /** Checks that all but the callback are there. */
    public AlertRule {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(description, "description");
    }

    /** A builder of a rule with this name. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Builds an {@link AlertRule}; each setter names its default. */
    public static final class Builder {
        private final String name;
        private String metric = AlertMetric.QUEUE_DEPTH.word();
        private String condition = Condition.GREATER.symbol();
        private double threshold;
        private Duration duration = Duration.ZERO;
        private Severity severity = Severity.WARNING;
        private String description = "";
        private @Nullable AlertCallback callback;

        private Builder(String name) {
            this.name = name;
        }

        /** Default: {@link AlertMetric#QUEUE_DEPTH}. */
        public Builder metric(AlertMetric metric) {
            return metric(metric.word());
        }

        /** The metric by its word. */
        public Builder metric(String metric) {
            this.metric = metric;
            return this;
        }

        /** Default: {@link Condition#GREATER}. */
        public Builder condition(Condition condition) {
            return condition(condition.symbol());
        }

        /** The condition by its symbol. */
        public Builder condition(String condition) {
            this.condition = condition;
            return this;
        }

        /** Default: 0. */
        public Builder threshold(double threshold) {
            this.threshold = threshold;
            return this;
        }

        /** Default: zero, which fires at once. */
        public Builder duration(Duration duration) {
            this.duration = duration;
            return this;
        }

        /** Default: {@link Severity#WARNING}. */
        public Builder severity(Severity severity) {
            this.severity = severity;
            return this;
        }

        /** Default: empty. */
        public Builder description(String description) {
            this.description = description;
            return this;
        }

        /** Default: nobody hears of it. */
        public Builder callback(AlertCallback callback) {
            this.callback = callback;
            return this;
        }

        /**
         * @throws NullPointerException when a part is null
         */
        public AlertRule build() {
            return new AlertRule(name, metric, condition, threshold, duration, severity, description, callback);
        }
    }
}
