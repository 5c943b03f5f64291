package org.brokertck.reference.monitoring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertState;
import org.brokertck.api.monitoring.Health;
import org.brokertck.api.monitoring.Severity;

/** Whether all is well (rule O-11). */
final class MonitorHealth {
    /** So many intervals without an evaluation are too many; a pause of the machine shorter than a second is none. */
    private static final int PATIENCE = 3;

    private static final Duration SHORTEST_PATIENCE = Duration.ofSeconds(1);

    private final Alerting alerting;
    private final Duration patience;

    MonitorHealth(Alerting alerting, Duration interval) {
        Duration intervals = interval.multipliedBy(PATIENCE);
        this.alerting = alerting;
        this.patience = intervals.compareTo(SHORTEST_PATIENCE) < 0 ? SHORTEST_PATIENCE : intervals;
    }

    /** Whether the alerts are evaluated in time. */
    Health readiness() {
        Duration ago = alerting.sinceEvaluation();
        return ago.compareTo(patience) > 0
                ? new Health(List.of("the alert rules were last evaluated %s ago".formatted(ago)))
                : Health.HEALTHY;
    }

    /** Whether they are, and none that is critical fires. */
    Health health() {
        List<String> reasons = new ArrayList<>(readiness().reasons());
        for (Alert alert : alerting.active()) {
            if (alert.state() == AlertState.FIRING && alert.severity() == Severity.CRITICAL) {
                reasons.add("alert '%s' fires for queue '%s': %s"
                        .formatted(alert.rule().name(), alert.queue(), alert.description()));
            }
        }
        return new Health(reasons);
    }
}
