package org.brokertck.reference.monitoring;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.internal.Require;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertMetric;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.AlertRules;
import org.brokertck.api.monitoring.AlertState;
import org.brokertck.api.monitoring.Health;
import org.brokertck.api.monitoring.MetricNames;
import org.brokertck.api.monitoring.MetricsSnapshot;
import org.brokertck.api.monitoring.MonitorConfig;
import org.brokertck.api.monitoring.Outcome;
import org.brokertck.api.monitoring.QueueMonitor;
import org.brokertck.api.monitoring.QueueTotals;
import org.brokertck.reference.monitoring.http.Endpoints;
import org.brokertck.reference.monitoring.http.EventStream;
import org.brokertck.reference.monitoring.http.MonitorServer;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/** The reference's {@link QueueMonitor}: recording takes no lock, and everything else is worked out when somebody asks. */
public final class InMemoryQueueMonitor implements QueueMonitor {
    private final String name;
    private final TimeSource time;
    private final Runnable endTime;
    private final Exposition exposition = new Exposition();
    private final WatchedQueues queues;
    private final AlertLog log;
    private final Callbacks callbacks;
    private final Alerting alerting;
    private final MonitorHealth health;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable MetricsSnapshot last;
    private @Nullable MonitorServer server;

    private InMemoryQueueMonitor(String name, MonitorConfig config, TimeSource time, Runnable endTime) {
        this.name = name;
        this.time = time;
        this.endTime = endTime;
        this.queues = new WatchedQueues(
                config.maxQueues(),
                queue -> new QueueFigures(queue, exposition.families(), config.window(), time.millis()));
        this.log = new AlertLog(config.historyCapacity());
        this.callbacks = new Callbacks("monitor-" + name + "-callback", time, config.callbackTimeout());
        this.alerting = new Alerting(time, config.evaluationInterval(), queues::all, log, callbacks);
        this.health = new MonitorHealth(alerting, config.evaluationInterval());
        registerOverall();
    }

    /**
     * Opens a monitor on the system's time.
     *
     * @throws BrokerUnavailableException when it cannot serve at {@link MonitorConfig#address()}
     */
    public static InMemoryQueueMonitor open(String name, MonitorConfig config) {
        SystemTimeSource time = new SystemTimeSource("monitor-" + name + "-timer");
        return open(name, config, time, time::close);
    }

    /**
     * Opens a monitor on a time source, which stays open when the monitor is closed.
     *
     * @throws BrokerUnavailableException when it cannot serve at {@link MonitorConfig#address()}
     */
    public static InMemoryQueueMonitor open(String name, MonitorConfig config, TimeSource time) {
        return open(name, config, Objects.requireNonNull(time, "time"), () -> {});
    }

    private static InMemoryQueueMonitor open(String name, MonitorConfig config, TimeSource time, Runnable endTime) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(config, "config");
        InMemoryQueueMonitor monitor = new InMemoryQueueMonitor(name, config, time, endTime);
        config.address().ifPresent(monitor::serve);
        monitor.alerting.start();
        return monitor;
    }

    private void serve(InetSocketAddress address) {
        EventStream events = EventStream.of(this, "monitor-" + name + "-viewer", time);
        server = MonitorServer.start(
                "monitor-" + name + "-http",
                address,
                Endpoints.of(this, exposition::scrape, health::readiness, events),
                events::close);
    }

    private void registerOverall() {
        exposition.gauge(MetricNames.DEPTH, "Messages waiting, as last recorded.", queues::all, QueueFigures::depth);
        exposition.gauge(
                MetricNames.IN_FLIGHT,
                "Messages in the hands of handlers, as last recorded.",
                queues::all,
                QueueFigures::inFlight);
        exposition.histogram(
                MetricNames.PROCESSING_SECONDS,
                "How long attempts at messages took, failed ones too.",
                queues::all,
                QueueFigures::durations);
        exposition.gauge(MetricNames.QUEUES, "Queues that are told apart.", queues::size);
        exposition.counter(MetricNames.OVERFLOW, "Recordings of queues that found no room.", queues::overflow);
        exposition.gauge(
                MetricNames.ALERTS_PENDING, "Alerts that are pending.", () -> alerting.count(AlertState.PENDING));
        exposition.gauge(MetricNames.ALERTS_FIRING, "Alerts that fire.", () -> alerting.count(AlertState.FIRING));
        exposition.counter(MetricNames.ALERTS_FIRED, "Alerts that began to fire.", alerting::fired);
        exposition.counter(MetricNames.ALERTS_RESOLVED, "Alerts that were resolved.", alerting::resolved);
        exposition.counter(MetricNames.EVALUATIONS, "Evaluations of the alert rules.", alerting::evaluations);
        exposition.counter(
                MetricNames.CALLBACK_FAILURES, "Callbacks that threw or took too long.", callbacks::failures);
        exposition.counter(
                MetricNames.CALLBACKS_DROPPED,
                "Callbacks left out since too many of their rule were waiting.",
                callbacks::dropped);
        exposition.gauge(MetricNames.HEALTHY, "1 when healthy, 0 when not.", () -> health().isHealthy() ? 1 : 0);
        double start = time.millis() / 1000.0;
        exposition.gauge(MetricNames.START_TIME, "When the monitor was opened, in seconds since 1970.", () -> start);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void recordProduced(String queue, int size) {
        Require.number("size", size, 0L);
        open(queue).produced(1, size);
    }

    @Override
    public void recordProduced(String queue, long messages, long bytes) {
        Require.number("messages", messages, 1);
        Require.number("bytes", bytes, 0);
        open(queue).produced(messages, bytes);
    }

    @Override
    public void recordConsumed(String queue, Duration duration, Outcome outcome) {
        Require.duration("duration", duration, Duration.ZERO);
        Objects.requireNonNull(outcome, "outcome");
        open(queue).attempted(duration, outcome, 1, time.millis());
    }

    @Override
    public void recordConsumed(String queue, Duration duration, Outcome outcome, long attempts) {
        Require.duration("duration", duration, Duration.ZERO);
        Objects.requireNonNull(outcome, "outcome");
        Require.number("attempts", attempts, 1);
        open(queue).attempted(duration, outcome, attempts, time.millis());
    }

    @Override
    public void recordQueueDepth(String queue, long depth) {
        Require.number("depth", depth, 0);
        QueueFigures figures = open(queue);
        if (!queues.isOther(figures)) {
            figures.depth(depth);
            alerting.recorded(figures, AlertMetric.QUEUE_DEPTH);
        }
    }

    @Override
    public void recordInFlight(String queue, long inFlight) {
        Require.number("inFlight", inFlight, 0);
        QueueFigures figures = open(queue);
        if (!queues.isOther(figures)) {
            figures.inFlight(inFlight);
            alerting.recorded(figures, AlertMetric.IN_FLIGHT);
        }
    }

    @Override
    public void recordRetried(String queue) {
        open(queue).retried();
    }

    @Override
    public void recordDeadLettered(String queue) {
        open(queue).deadLettered();
    }

    private QueueFigures open(String queue) {
        requireOpen();
        return queues.of(queue);
    }

    private void requireOpen() {
        if (closing.get()) {
            throw new ClosedException("Monitor '" + name + "' is closed: open a new one");
        }
    }

    @Override
    public MetricsSnapshot snapshot() {
        MetricsSnapshot atClose = last;
        return atClose == null ? snapshotNow() : atClose;
    }

    private MetricsSnapshot snapshotNow() {
        long now = time.millis();
        Map<String, Long> depths = new HashMap<>();
        Map<String, Double> rates = new HashMap<>();
        Map<String, Double> errors = new HashMap<>();
        Map<String, Duration> latencies = new HashMap<>();
        Map<String, QueueTotals> totals = new HashMap<>();
        for (QueueFigures queue : queues.all()) {
            Attempts within = queue.withinWindow(now);
            rates.put(queue.name(), queue.processingRate(within));
            totals.put(queue.name(), queue.totals());
            if (queue.depth() != QueueFigures.UNKNOWN) {
                depths.put(queue.name(), queue.depth());
            }
            if (!within.isEmpty()) {
                errors.put(queue.name(), within.errorRate());
                latencies.put(queue.name(), within.mean());
            }
        }
        return new MetricsSnapshot(depths, rates, errors, latencies, totals, time.now());
    }

    @Override
    public void setupAlerts(List<AlertRule> rules) {
        List<AlertRule> valid = AlertRules.requireValid(rules);
        requireOpen();
        alerting.setUp(valid);
    }

    @Override
    public List<Alert> alerts() {
        return alerting.active();
    }

    @Override
    public List<Alert> history() {
        return log.all();
    }

    @Override
    public String scrape() {
        return exposition.scrape();
    }

    @Override
    public Health health() {
        return closing.get() ? new Health(List.of("monitor '" + name + "' is closed")) : health.health();
    }

    @Override
    public Optional<URI> endpoint() {
        return Optional.ofNullable(server).map(MonitorServer::uri);
    }

    @Override
    public void close() {
        boolean fromCallback = callbacks.isCalling();
        try {
            if (closing.compareAndSet(false, true)) {
                end();
            }
            if (!fromCallback) {
                awaitEnd();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    "Interrupted while closing monitor '" + name + "': it is closed all the same", e);
        }
    }

    private void end() {
        try {
            alerting.end();
            callbacks.stop(endTime);
            last = snapshotNow();
            if (server != null) {
                server.close();
            }
        } finally {
            ended.countDown();
        }
    }

    private void awaitEnd() throws InterruptedException {
        try {
            ended.await();
            callbacks.awaitEnd();
        } finally {
            // Also where a callback is left behind that minds no interrupt.
            endTime.run();
        }
    }
}
