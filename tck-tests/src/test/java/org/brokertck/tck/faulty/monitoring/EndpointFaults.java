package org.brokertck.tck.faulty.monitoring;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.brokertck.api.monitoring.AlertState;
import org.brokertck.api.monitoring.Health;
import org.brokertck.api.monitoring.MonitorPaths;
import org.brokertck.api.monitoring.Severity;
import org.brokertck.reference.monitoring.http.Answer;
import org.brokertck.reference.monitoring.http.Endpoint;
import org.brokertck.reference.monitoring.http.MonitorJson;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.monitoring.plain.PlainMonitor;

/** Faults in what is answered over HTTP. */
final class EndpointFaults {
    private EndpointFaults() {}

    static List<Fault> all() {
        return List.of(
                MonitorFault.plain(
                        "AnyHeadIsWell",
                        "O-11",
                        "HEAD /health answers 200",
                        "Answers HEAD as though all were well, since something is served there.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected List<Endpoint> endpoints() {
                                return replaced(super.endpoints(), MonitorPaths.HEALTH, this::answer);
                            }

                            private void answer(HttpExchange exchange) throws IOException {
                                boolean well = exchange.getRequestMethod().equals("HEAD") || health().isHealthy();
                                Answer.json(well ? 200 : 503, MonitorJson.health(health()))
                                        .send(exchange);
                            }
                        }),
                serving(
                        "OkWhenUnhealthy",
                        MonitorPaths.HEALTH,
                        "answers 200",
                        "Tells of ill health in the body only.",
                        it -> new Answer(200, "application/json", MonitorJson.health(it.health()))),
                serving(
                        "HealthyForEver",
                        MonitorPaths.HEALTH,
                        "answers 200",
                        "Is well as long as it answers.",
                        it -> new Answer(200, "application/json", MonitorJson.health(Health.HEALTHY))),
                serving(
                        "NoReasons",
                        MonitorPaths.HEALTH,
                        "gives the reasons",
                        "Says that it is not well, and not why.",
                        it -> {
                            boolean healthy = it.health().isHealthy();
                            return new Answer(
                                    healthy ? 200 : 503,
                                    "application/json",
                                    healthy
                                            ? MonitorJson.health(it.health())
                                            : "{\"status\":\"unhealthy\",\"reasons\":[]}");
                        }),
                serving(
                        "AnyAlertIsUnhealthy",
                        MonitorPaths.HEALTH,
                        "answers 503",
                        "Is not well while anything fires.",
                        it -> it.alerts().isEmpty()
                                ? new Answer(200, "application/json", MonitorJson.health(Health.HEALTHY))
                                : new Answer(
                                        503, "application/json", MonitorJson.health(new Health(List.of("alerts"))))),
                serving(
                        "LivenessMindsAlerts",
                        MonitorPaths.LIVE,
                        "answers 503",
                        "Calls itself dead while a critical alert fires.",
                        it -> new Answer(
                                it.health().isHealthy() ? 200 : 503,
                                "application/json",
                                MonitorJson.health(it.health()))),
                serving(
                        "NotANumberInJson",
                        MonitorPaths.ALERTS,
                        "is no JSON",
                        "Writes a value that is none as NaN.",
                        it -> new Answer(
                                200,
                                "application/json",
                                MonitorJson.alerts(it.alerts(), it.history())
                                        .replace("\"value\":null", "\"value\":NaN"))),
                serving(
                        "JsonIsNotEscaped",
                        MonitorPaths.ALERTS,
                        "is no JSON|is not one object|serves",
                        "Puts JSON together from texts as they are.",
                        it -> new Answer(
                                200,
                                "application/json",
                                MonitorJson.alerts(it.alerts(), it.history())
                                        .replace("\\\"", "\"")
                                        .replace("\\\\", "\\"))),
                serving(
                        "AlertsWithoutHistory",
                        MonitorPaths.ALERTS,
                        "under 'history'",
                        "Serves what is active only.",
                        it -> new Answer(200, "application/json", MonitorJson.alerts(it.alerts(), List.of()))),
                serving(
                        "MetricsAsJson",
                        MonitorPaths.METRICS,
                        "answers 200 with type",
                        "Gives metrics the wrong type.",
                        it -> new Answer(200, "application/json", it.scrape())),
                MonitorFault.plain(
                        "MetricsAreCached",
                        "O-11",
                        "the served metrics count",
                        "Serves the metrics that it served first.",
                        it -> new PlainMonitor(it) {
                            private String first = "";

                            @Override
                            protected List<Endpoint> endpoints() {
                                return replaced(
                                        super.endpoints(),
                                        MonitorPaths.METRICS,
                                        Answer.handler(headers -> locked(() -> {
                                            first = first == null || first.isEmpty() ? scrape() : first;
                                            return new Answer(200, "text/plain; version=0.0.4", first);
                                        })));
                            }
                        }),
                MonitorFault.plain(
                        "PendingIsUnhealthy",
                        "O-11",
                        "/health answers 503",
                        "Is unhealthy as soon as the condition of a critical alert holds.",
                        it -> new PlainMonitor(it) {
                            @Override
                            public synchronized Health health() {
                                List<String> reasons =
                                        new ArrayList<>(super.health().reasons());
                                alerts().stream()
                                        .filter(alert -> alert.state() == AlertState.PENDING
                                                && alert.severity() == Severity.CRITICAL)
                                        .forEach(alert -> reasons.add(alert.description()));
                                return new Health(reasons);
                            }
                        }),
                MonitorFault.plain(
                        "NoPage",
                        "O-11",
                        "the page answers 404",
                        "Has no page for people.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected List<Endpoint> endpoints() {
                                List<Endpoint> all = new ArrayList<>(super.endpoints());
                                all.removeIf(endpoint -> endpoint.path().equals(MonitorPaths.DASHBOARD));
                                return all;
                            }
                        }),
                MonitorFault.plain(
                        "NoEndpoint",
                        "O-11",
                        "says that it has no endpoint",
                        "Does not tell where it answers.",
                        it -> new PlainMonitor(it) {
                            @Override
                            public Optional<URI> endpoint() {
                                return Optional.empty();
                            }
                        }));
    }

    private static Fault serving(
            String name, String path, String finding, String description, Function<PlainMonitor, Answer> answer) {
        return MonitorFault.plain(name, "O-11", finding, description, it -> new PlainMonitor(it) {
            @Override
            protected List<Endpoint> endpoints() {
                return replaced(super.endpoints(), path, Answer.handler(headers -> answer.apply(this)));
            }
        });
    }

    private static List<Endpoint> replaced(List<Endpoint> endpoints, String path, HttpHandler handler) {
        List<Endpoint> all = new ArrayList<>(endpoints);
        all.replaceAll(it -> it.path().equals(path) ? new Endpoint(path, handler) : it);
        return all;
    }
}
