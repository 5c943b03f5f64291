package org.brokertck.cli.serve;

import java.time.Duration;
import java.util.List;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertCallback;
import org.brokertck.api.monitoring.AlertMetric;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.Condition;
import org.brokertck.api.monitoring.Severity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Alerts that the sample traffic sets off every minute, each logged when it fires and when it is over. */
final class SampleAlerts implements AlertCallback {
    private static final Logger LOG = LoggerFactory.getLogger(SampleAlerts.class);

    private SampleAlerts() {}

    static List<AlertRule> rules() {
        SampleAlerts log = new SampleAlerts();
        return List.of(
                AlertRule.builder("backlog")
                        .metric(AlertMetric.QUEUE_DEPTH)
                        .condition(Condition.GREATER)
                        .threshold(50)
                        .duration(Duration.ofSeconds(3))
                        .severity(Severity.WARNING)
                        .description("More than 50 messages wait: add consumers, or find out what slows them.")
                        .callback(log)
                        .build(),
                AlertRule.builder("long backlog")
                        .metric(AlertMetric.QUEUE_DEPTH)
                        .condition(Condition.GREATER)
                        .threshold(200)
                        .duration(Duration.ofSeconds(5))
                        .severity(Severity.CRITICAL)
                        .description("More than 200 messages wait: the queue is about to refuse more.")
                        .callback(log)
                        .build(),
                AlertRule.builder("errors")
                        .metric(AlertMetric.ERROR_RATE)
                        .condition(Condition.AT_LEAST)
                        .threshold(0.2)
                        .duration(Duration.ofSeconds(10))
                        .severity(Severity.WARNING)
                        .description("A fifth of the attempts fails: look at the dead letters.")
                        .callback(log)
                        .build());
    }

    @Override
    public void fired(Alert alert) {
        log(Level.WARN, alert, "firing", "Alert '{}' fires for queue '{}' at {}");
    }

    @Override
    public void resolved(Alert alert) {
        log(Level.INFO, alert, "resolved", "Alert '{}' is over for queue '{}' at {}");
    }

    private static void log(Level level, Alert alert, String state, String sentence) {
        LOG.atLevel(level)
                .addKeyValue("event.kind", "alert")
                .addKeyValue("event.action", state)
                .addKeyValue("rule.name", alert.rule().name())
                .addKeyValue("event.reason", alert.description())
                .addKeyValue("brokertck.queue", alert.queue())
                .addKeyValue("brokertck.severity", alert.severity().word())
                .addKeyValue("brokertck.value", alert.value())
                .log(sentence, alert.rule().name(), alert.queue(), alert.value());
    }
}
