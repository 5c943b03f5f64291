package org.brokertck.reference.monitoring.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.Health;
import org.brokertck.api.monitoring.MetricsSnapshot;
import org.brokertck.api.monitoring.QueueMonitor;
import org.brokertck.api.monitoring.QueueTotals;
import org.jspecify.annotations.Nullable;

/** What the dashboard shows of one moment, as a line of JSON. Bounded, whatever the monitor holds. */
final class DashboardEvent {
    private static final int MOST_QUEUES = 50;
    private static final int MOST_ALERTS = 50;
    private static final int MOST_HISTORY = 20;
    private static final double NANOS = 1e9;

    private DashboardEvent() {}

    static String of(QueueMonitor monitor) {
        MetricsSnapshot figures = monitor.snapshot();
        Health health = monitor.health();
        List<Alert> alerts = monitor.alerts();
        return JsonText.object()
                .text("time", figures.timestamp().toString())
                .text("name", monitor.name())
                .raw("healthy", String.valueOf(health.isHealthy()))
                .raw("reasons", array(health.reasons(), JsonText::quoted))
                .raw("allQueues", String.valueOf(figures.totals().size()))
                .raw("queues", array(busiest(figures), it -> queue(it, figures)))
                .raw("alerts", array(alerts.subList(0, Math.min(MOST_ALERTS, alerts.size())), DashboardEvent::alert))
                .raw("history", array(newestFirst(monitor.history()), DashboardEvent::alert))
                .toString();
    }

    /** The queues with most traffic, by name. */
    private static List<String> busiest(MetricsSnapshot figures) {
        return figures.totals().entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, QueueTotals> it) ->
                                it.getValue().produced() + it.getValue().consumed())
                        .reversed())
                .limit(MOST_QUEUES)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static String queue(String queue, MetricsSnapshot figures) {
        QueueTotals totals = figures.totalsOf(queue);
        return JsonText.object()
                .text("name", queue)
                .number("depth", orNan(figures.queueDepths().get(queue)))
                .number("rate", orNan(figures.processingRates().get(queue)))
                .number("errorRate", orNan(figures.errorRates().get(queue)))
                .number("latency", seconds(figures.avgLatencies().get(queue)))
                .raw("produced", Long.toString(totals.produced()))
                .raw("consumed", Long.toString(totals.consumed()))
                .raw("failed", Long.toString(totals.failed()))
                .raw("retried", Long.toString(totals.retried()))
                .raw("deadLettered", Long.toString(totals.deadLettered()))
                .toString();
    }

    private static String alert(Alert alert) {
        return JsonText.object()
                .text("rule", alert.rule().name())
                .text("metric", alert.rule().metric())
                .text("queue", alert.queue())
                .text("state", alert.state().word())
                .number("value", alert.value())
                .text("severity", alert.severity().word())
                .text("description", alert.description())
                .text("since", alert.activeSince().toString())
                .text("time", alert.timestamp().toString())
                .toString();
    }

    private static List<Alert> newestFirst(List<Alert> history) {
        List<Alert> newest =
                new ArrayList<>(history.subList(Math.max(0, history.size() - MOST_HISTORY), history.size()));
        Collections.reverse(newest);
        return newest;
    }

    private static <T> String array(List<T> items, Function<T, String> toJson) {
        return items.stream().map(toJson).collect(Collectors.joining(",", "[", "]"));
    }

    /** What is not known is null in JSON, as NaN is. */
    private static double orNan(@Nullable Number value) {
        return value == null ? Double.NaN : value.doubleValue();
    }

    private static double seconds(@Nullable Duration duration) {
        return duration == null ? Double.NaN : duration.toNanos() / NANOS;
    }
}
