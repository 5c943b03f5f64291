package org.brokertck.reference.monitoring.http;

import java.util.List;
import java.util.stream.Collectors;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.Health;

/** The values of the contract as JSON, under the names that they have there. */
public final class MonitorJson {
    private MonitorJson() {}

    /** {@code {"status":"healthy","reasons":[]}}. */
    public static String health(Health health) {
        return JsonText.object()
                .text("status", health.isHealthy() ? "healthy" : "unhealthy")
                .raw(
                        "reasons",
                        array(health.reasons().stream().map(JsonText::quoted).toList()))
                .toString();
    }

    /** {@code {"alerts":[…],"history":[…]}}. */
    public static String alerts(List<Alert> active, List<Alert> history) {
        return JsonText.object()
                .raw("alerts", array(active.stream().map(MonitorJson::alert).toList()))
                .raw("history", array(history.stream().map(MonitorJson::alert).toList()))
                .toString();
    }

    /** One alert, with its rule. */
    public static String alert(Alert alert) {
        return JsonText.object()
                .raw("rule", rule(alert.rule()))
                .text("queue", alert.queue())
                .text("state", alert.state().word())
                .number("value", alert.value())
                .text("active_since", alert.activeSince().toString())
                .text("timestamp", alert.timestamp().toString())
                .text("severity", alert.severity().word())
                .text("description", alert.description())
                .toString();
    }

    private static String rule(AlertRule rule) {
        return JsonText.object()
                .text("name", rule.name())
                .text("metric", rule.metric())
                .text("condition", rule.condition())
                .number("threshold", rule.threshold())
                .text("duration", rule.duration().toString())
                .text("severity", rule.severity().word())
                .text("description", rule.description())
                .toString();
    }

    private static String array(List<String> values) {
        return values.stream().collect(Collectors.joining(",", "[", "]"));
    }
}
