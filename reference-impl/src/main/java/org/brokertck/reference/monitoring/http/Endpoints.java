package org.brokertck.reference.monitoring.http;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.brokertck.api.monitoring.Health;
import org.brokertck.api.monitoring.MonitorPaths;
import org.brokertck.api.monitoring.QueueMonitor;
import org.jspecify.annotations.Nullable;

/** What a monitor answers, path by path: {@link MonitorPaths}. */
public final class Endpoints {
    private static final String PAGE = "dashboard.html";
    /** The page brings everything along, and loads nothing but figures from where it came from. */
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline';"
            + " connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private Endpoints() {}

    /**
     * All endpoints of a monitor.
     *
     * @param monitor whose figures are served
     * @param metrics the metrics in the format that an Accept header, null where there is none, asks for
     * @param events what the dashboard listens to
     * @param readiness whether the monitor does its work in time
     */
    public static List<Endpoint> of(
            QueueMonitor monitor,
            Function<@Nullable String, MetricsText> metrics,
            Supplier<Health> readiness,
            EventStream events) {
        return List.of(
                new Endpoint(MonitorPaths.METRICS, Answer.handler(headers -> {
                    MetricsText text = metrics.apply(headers.getFirst("Accept"));
                    return new Answer(200, text.contentType(), text.text());
                })),
                new Endpoint(MonitorPaths.LIVE, Answer.handler(headers -> healthOf(Health.HEALTHY))),
                new Endpoint(MonitorPaths.READY, Answer.handler(headers -> healthOf(readiness.get()))),
                new Endpoint(MonitorPaths.HEALTH, Answer.handler(headers -> healthOf(monitor.health()))),
                new Endpoint(MonitorPaths.ALERTS, Answer.handler(headers -> alertsOf(monitor))),
                new Endpoint(MonitorPaths.EVENTS, events),
                new Endpoint(MonitorPaths.DASHBOARD, page()));
    }

    private static Answer healthOf(Health health) {
        return Answer.json(health.isHealthy() ? 200 : 503, MonitorJson.health(health));
    }

    private static Answer alertsOf(QueueMonitor monitor) {
        return Answer.json(200, MonitorJson.alerts(monitor.alerts(), monitor.history()));
    }

    private static HttpHandler page() {
        Answer page = new Answer(200, "text/html; charset=utf-8", resource());
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
            page.send(exchange);
        };
    }

    private static String resource() {
        try (InputStream in = Objects.requireNonNull(Endpoints.class.getResourceAsStream(PAGE), PAGE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The dashboard cannot be read from the jar", e);
        }
    }
}
