package org.brokertck.tck.monitoring;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertMetric;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.AlertState;
import org.brokertck.api.monitoring.Condition;
import org.brokertck.api.monitoring.MetricNames;
import org.brokertck.api.monitoring.MonitorPaths;
import org.brokertck.api.monitoring.Outcome;
import org.brokertck.api.monitoring.Severity;
import org.brokertck.tck.check.monitoring.Conventions;
import org.brokertck.tck.check.monitoring.HistogramsAddUp;
import org.brokertck.tck.history.monitoring.Exposition;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.monitoring.PlannedRecord;
import org.brokertck.tck.workload.monitoring.PlannedRecord.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Metrics, health, alerts and the page answer over HTTP, truly and at once. */
public interface EndpointRules extends MonitorRules {
    /** An alert that fires. */
    record Firing(Severity severity, int queue) {}

    private MonitorUnderTest serving() {
        return MonitorUnderTest.open(this, "O-11", hasty().serveOnLoopback().build());
    }

    private static Reply get(MonitorUnderTest monitor, String path) {
        return ask(monitor, "GET", path);
    }

    private static Reply ask(MonitorUnderTest monitor, String method, String path) {
        URI base = monitor.call("endpoint", () -> monitor.unguarded().endpoint())
                .orElseThrow(
                        () -> monitor.violation("the monitor was asked to serve, and says that it has no endpoint"));
        Duration timeout = monitor.timeouts().await();
        return monitor.call(method + " " + path, () -> Reply.to(method, base, path, timeout));
    }

    /** Whoever asks for the head alone, as some balancers do, is told the same. */
    private static void requireSameHead(MonitorUnderTest monitor, String path, Reply reply) {
        Reply head = ask(monitor, "HEAD", path);
        monitor.require(head.body().isEmpty(), "HEAD %s answers with a body: %s".formatted(path, head.body()));
        require(monitor, "HEAD " + path, head, reply.status(), reply.contentType());
    }

    private static void require(MonitorUnderTest monitor, String what, Reply reply, int status, String type) {
        monitor.require(
                reply.status() == status && reply.contentType().startsWith(type),
                "%s answers %d with type '%s', where %d with '%s' is due: %s"
                        .formatted(what, reply.status(), reply.contentType(), status, type, reply.body()));
    }

    @Test
    @Verifies("O-11")
    default void theMetricsAreServedAndLive() {
        try (MonitorUnderTest monitor = serving()) {
            for (int round = 1; round <= 3; round++) {
                for (Kind kind : Kind.values()) {
                    monitor.record(it -> new PlannedRecord(kind, "a \"queue\"\\", 3).record(it));
                }
                Reply reply = get(monitor, MonitorPaths.METRICS);
                require(monitor, MonitorPaths.METRICS, reply, 200, "text/plain");
                monitor.require(
                        reply.contentType().replace(" ", "").contains("version=0.0.4"),
                        "the type of the metrics, '%s', does not tell version 0.0.4 of their format"
                                .formatted(reply.contentType()));
                Exposition metrics = monitor.read(reply.body());
                monitor.judge(new Conventions().and(new HistogramsAddUp()), metrics);
                OptionalDouble produced =
                        metrics.value(MetricNames.PRODUCED, Map.of(MetricNames.QUEUE, "a \"queue\"\\"));
                monitor.require(
                        produced.orElse(0) == round,
                        "the served metrics count %s messages, where %d were produced".formatted(produced, round));
            }
        }
    }

    @Test
    @Verifies("O-11")
    default void whatIsWellIsTold() {
        try (MonitorUnderTest monitor = serving()) {
            for (String path : List.of(MonitorPaths.HEALTH, MonitorPaths.LIVE, MonitorPaths.READY)) {
                requireHealth(monitor, path, List.of());
            }
        }
    }

    @Test
    @Verifies("O-11")
    default void thePageAndOtherPathsAreServed() {
        try (MonitorUnderTest monitor = serving()) {
            Reply page = get(monitor, MonitorPaths.DASHBOARD);
            require(monitor, "the page", page, 200, "text/html");
            monitor.require(!page.body().isBlank(), "the page is empty");
            requireSameHead(monitor, MonitorPaths.DASHBOARD, page);
            requireSameHead(monitor, MonitorPaths.METRICS, get(monitor, MonitorPaths.METRICS));
            requireSameHead(monitor, MonitorPaths.ALERTS, get(monitor, MonitorPaths.ALERTS));
            require(monitor, "a path that is none", get(monitor, "/metricsandmore"), 404, "");
            require(monitor, "a path that is none", get(monitor, "/health/none"), 404, "");
            require(monitor, "POST", ask(monitor, "POST", MonitorPaths.METRICS), 405, "");
        }
    }

    @Test
    @Verifies("O-11")
    default void aCriticalAlertMakesItUnhealthyUntilItIsResolved() {
        try (MonitorUnderTest monitor = serving()) {
            monitor.setUp(rule(Severity.INFO), rule(Severity.WARNING), rule(Severity.CRITICAL));
            monitor.depth("orders", 2);
            requireFiring(monitor, 2);
            requireHealth(monitor, MonitorPaths.HEALTH, List.of());
            monitor.depth("pay\"ments", 3);
            requireFiring(monitor, 5);
            requireHealth(monitor, MonitorPaths.HEALTH, List.of("pay\"ments"));
            requireHealth(monitor, MonitorPaths.LIVE, List.of());
            requireHealth(monitor, MonitorPaths.READY, List.of());
            monitor.depth("pay\"ments", 0);
            requireFiring(monitor, 2);
            requireHealth(monitor, MonitorPaths.HEALTH, List.of());
        }
    }

    /** It fires only when its condition has held for long enough; until then nothing is wrong. */
    @Test
    @Verifies("O-11")
    default void aCriticalAlertThatIsPendingMakesNothingUnhealthy() {
        try (MonitorUnderTest monitor = serving()) {
            monitor.setUp(AlertRulesFor.depth("rule-critical", Duration.ofHours(1))
                    .severity(Severity.CRITICAL)
                    .build());
            monitor.depth("orders", 150);
            monitor.awaitThat(
                    "that an alert is pending",
                    it -> it.alerts().stream()
                            .filter(alert -> alert.state() == AlertState.PENDING)
                            .count(),
                    it -> it == 1);
            requireHealth(monitor, MonitorPaths.HEALTH, List.of());
        }
    }

    @Property
    @Verifies("O-11")
    default void healthIsWhatTheCriticalAlertsMakeIt(@ForAll @Size(max = 4) List<@From("firings") Firing> firings) {
        try (MonitorUnderTest monitor = serving()) {
            monitor.setUp(rule(Severity.INFO), rule(Severity.WARNING), rule(Severity.CRITICAL));
            Map<Integer, Integer> depths = new TreeMap<>();
            firings.forEach(it -> depths.put(it.queue(), place(it.severity()) + 1));
            depths.forEach((queue, depth) -> monitor.depth("queue-" + queue, depth));
            requireFiring(monitor, depths.values().stream().mapToInt(it -> it).sum());
            List<String> critical = depths.entrySet().stream()
                    .filter(it -> it.getValue() > place(Severity.CRITICAL))
                    .map(it -> "queue-" + it.getKey())
                    .toList();
            requireHealth(monitor, MonitorPaths.HEALTH, critical);
            requireAlerts(monitor);
        }
    }

    /** Alerts of any severity on a few queues. */
    @Provide
    default Arbitrary<Firing> firings() {
        return Combinators.combine(
                        Arbitraries.of(Severity.class), Arbitraries.integers().between(0, 3))
                .as(Firing::new);
    }

    private static int place(Severity severity) {
        return switch (severity) {
            case INFO -> 0;
            case WARNING -> 1;
            case CRITICAL -> 2;
        };
    }

    /** Fires for depths from its place among the severities on. */
    private static AlertRule rule(Severity severity) {
        return AlertRule.builder("rule-" + severity.word())
                .threshold(place(severity))
                .severity(severity)
                .description("the " + severity.word() + " description\nwith a \"quote\"")
                .build();
    }

    private static void requireFiring(MonitorUnderTest monitor, int number) {
        monitor.awaitThat(
                "that %d alerts fire".formatted(number),
                it -> it.alerts().stream()
                        .filter(alert -> alert.state() == AlertState.FIRING)
                        .count(),
                it -> it == number);
    }

    private static void requireHealth(MonitorUnderTest monitor, String path, List<String> unhealthyQueues) {
        boolean healthy = unhealthyQueues.isEmpty();
        Reply reply = get(monitor, path);
        require(monitor, path, reply, healthy ? 200 : 503, "application/json");
        requireSameHead(monitor, path, reply);
        Map<String, @Nullable Object> body = json(monitor, path, reply);
        String status = healthy ? "healthy" : "unhealthy";
        monitor.require(
                status.equals(body.get("status")),
                "%s says status %s, where '%s' is due".formatted(path, body.get("status"), status));
        List<String> reasons = texts(body.get("reasons"));
        boolean told = reasons.size() == unhealthyQueues.size()
                && unhealthyQueues.stream()
                        .allMatch(queue ->
                                reasons.stream().anyMatch(it -> it.contains(queue) && it.contains("rule-critical")));
        monitor.require(
                told,
                "%s gives the reasons %s, where the critical rule fires for the queues %s"
                        .formatted(path, reasons, unhealthyQueues));
    }

    private static Map<String, @Nullable Object> json(MonitorUnderTest monitor, String path, Reply reply) {
        try {
            return JsonValue.object(reply.body());
        } catch (IllegalArgumentException e) {
            throw monitor.violation("what %s answers %s: %s".formatted(path, e.getMessage(), reply.body()));
        }
    }

    private static List<String> texts(@Nullable Object array) {
        List<String> texts = new ArrayList<>();
        if (array instanceof List<?> list) {
            list.forEach(it -> texts.add(String.valueOf(it)));
        }
        return texts;
    }

    @Test
    @Verifies("O-11")
    default void theAlertsAreServedAsTheyStand() {
        try (MonitorUnderTest monitor = serving()) {
            monitor.setUp(
                    rule(Severity.WARNING),
                    AlertRulesFor.depth("pending", Duration.ofDays(1))
                            .threshold(0)
                            .build());
            requireAlerts(monitor);
            monitor.depth("or\\ders", 7);
            requireFiring(monitor, 1);
            requireAlerts(monitor);
            monitor.depth("or\\ders", 0);
            requireFiring(monitor, 0);
            requireAlerts(monitor);
        }
    }

    /** Nobody knows an error rate once nothing was attempted for so long. */
    @Test
    @Verifies("O-11")
    @Needs(clock = true)
    default void anAlertThatEndedForWantOfAValueIsServedToo() {
        try (MonitorUnderTest monitor = MonitorUnderTest.onClock(
                this, "O-11", config().serveOnLoopback().build())) {
            monitor.setUp(AlertRule.builder("failing")
                    .metric(AlertMetric.ERROR_RATE)
                    .condition(Condition.GREATER)
                    .threshold(0)
                    .build());
            monitor.record(it -> it.recordConsumed("orders", Duration.ofMillis(1), Outcome.FAILURE));
            monitor.advance(INTERVAL.multipliedBy(2));
            requireFiring(monitor, 1);
            monitor.advance(config().build().window().multipliedBy(2));
            requireFiring(monitor, 0);
            requireAlerts(monitor);
        }
    }

    private static void requireAlerts(MonitorUnderTest monitor) {
        Reply reply = get(monitor, MonitorPaths.ALERTS);
        require(monitor, MonitorPaths.ALERTS, reply, 200, "application/json");
        Map<String, @Nullable Object> body = json(monitor, MonitorPaths.ALERTS, reply);
        requireSame(monitor, "alerts", body.get("alerts"), monitor.alerts());
        requireSame(monitor, "history", body.get("history"), monitor.history());
    }

    /** JSON has no number that is none. */
    private static @Nullable Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static void requireSame(MonitorUnderTest monitor, String name, @Nullable Object served, List<Alert> due) {
        List<?> entries = served instanceof List<?> list ? list : List.of();
        monitor.require(
                served instanceof List<?> && entries.size() == due.size(),
                "%s serves %s under '%s', where %d alerts are due"
                        .formatted(MonitorPaths.ALERTS, served, name, due.size()));
        for (int i = 0; i < due.size(); i++) {
            Map<?, ?> entry = entries.get(i) instanceof Map<?, ?> map ? map : Map.of();
            Map<?, ?> rule = entry.get("rule") instanceof Map<?, ?> map ? map : Map.of();
            Alert alert = due.get(i);
            boolean same = alert.queue().equals(entry.get("queue"))
                    && alert.state().word().equals(entry.get("state"))
                    && alert.severity().word().equals(entry.get("severity"))
                    && alert.description().equals(entry.get("description"))
                    && alert.timestamp().toString().equals(entry.get("timestamp"))
                    && Objects.equals(number(alert.value()), entry.get("value"))
                    && alert.rule().name().equals(rule.get("name"))
                    && alert.rule().metric().equals(rule.get("metric"))
                    && alert.rule().condition().equals(rule.get("condition"))
                    && Double.valueOf(alert.rule().threshold()).equals(rule.get("threshold"))
                    && alert.rule().duration().toString().equals(rule.get("duration"));
            monitor.require(same, "%s serves %s, where %s is due".formatted(MonitorPaths.ALERTS, entry, alert));
        }
    }
}
