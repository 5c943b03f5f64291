package org.brokertck.tck.monitoring;

import java.time.Duration;
import org.brokertck.api.monitoring.AlertCallback;
import org.brokertck.api.monitoring.AlertMetric;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.Condition;

/** Alert rules for scenarios. */
final class AlertRulesFor {
    /** The threshold of the seed's example. */
    static final int DEEP = 100;

    private AlertRulesFor() {}

    /** The depth is over {@link #DEEP} for that long. */
    static AlertRule.Builder depth(String name, Duration duration) {
        return AlertRule.builder(name)
                .metric(AlertMetric.QUEUE_DEPTH)
                .condition(Condition.GREATER)
                .threshold(DEEP)
                .duration(duration);
    }

    /** The same, with somebody who hears of it. */
    static AlertRule depth(String name, Duration duration, AlertCallback callback) {
        return depth(name, duration).callback(callback).build();
    }
}
