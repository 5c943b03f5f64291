package org.brokertck.tck.faulty.monitoring.plain;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.internal.Require;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertCallback;
import org.brokertck.api.monitoring.AlertMetric;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.AlertRules;
import org.brokertck.api.monitoring.AlertState;
import org.brokertck.api.monitoring.Condition;
import org.brokertck.api.monitoring.Health;
import org.brokertck.api.monitoring.MetricNames;
import org.brokertck.api.monitoring.MetricsSnapshot;
import org.brokertck.api.monitoring.MonitorConfig;
import org.brokertck.api.monitoring.MonitorPaths;
import org.brokertck.api.monitoring.Outcome;
import org.brokertck.api.monitoring.QueueMonitor;
import org.brokertck.api.monitoring.QueueTotals;
import org.brokertck.api.monitoring.Severity;
import org.brokertck.reference.monitoring.http.Answer;
import org.brokertck.reference.monitoring.http.Endpoint;
import org.brokertck.reference.monitoring.http.MonitorJson;
import org.brokertck.reference.monitoring.http.MonitorServer;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/** One lock for everything; evaluates at each interval, and a gauge when it is recorded. It is correct, if nobody overrides it. */
public class PlainMonitor implements QueueMonitor {
    /** How finely the window is cut. */
    protected static final int STEPS = 50;

    /** By name, the one for all others too. */
    protected final Map<String, PlainQueue> queues = new LinkedHashMap<>();
    /** Those in force. */
    protected List<AlertRule> rules = List.of();
    /** Active alerts by rule name and queue. */
    protected final Map<String, PlainAlert> active = new LinkedHashMap<>();
    /** Oldest first. */
    protected final List<Alert> history = new ArrayList<>();
    /** Whether close was called. */
    protected boolean closed;

    private final Opening opening;
    private final PlainCalls calls = new PlainCalls(this);
    private final @Nullable MonitorServer server;
    private final Map<String, Double> overall = new HashMap<>();
    private final Instant opened;

    /** Opens it. */
    @SuppressWarnings("this-escape") // nothing is called before it is complete, but by those who override
    public PlainMonitor(Opening opening) {
        this.opening = opening;
        this.opened = opening.time().now();
        this.server = config().address()
                .map(it -> MonitorServer.start("plain-http", it, endpoints(), () -> {}))
                .orElse(null);
        scheduleTick();
    }

    /** What is served. */
    protected List<Endpoint> endpoints() {
        return List.of(
                page(MonitorPaths.METRICS, () -> new Answer(200, "text/plain; version=0.0.4; charset=utf-8", scrape())),
                page(MonitorPaths.LIVE, () -> Answer.json(200, MonitorJson.health(Health.HEALTHY))),
                page(MonitorPaths.READY, () -> Answer.json(200, MonitorJson.health(Health.HEALTHY))),
                page(
                        MonitorPaths.HEALTH,
                        () -> Answer.json(health().isHealthy() ? 200 : 503, MonitorJson.health(health()))),
                page(MonitorPaths.ALERTS, () -> Answer.json(200, MonitorJson.alerts(alerts(), history()))),
                page(MonitorPaths.DASHBOARD, () -> new Answer(200, "text/html", "<!doctype html><p>Plain.")));
    }

    private static Endpoint page(String path, Supplier<Answer> answer) {
        return new Endpoint(path, Answer.handler(headers -> answer.get()));
    }

    /** Its settings. */
    public final MonitorConfig config() {
        return opening.config();
    }

    /** Its time. */
    public final TimeSource time() {
        return opening.time();
    }

    @Override
    public String name() {
        return opening.name();
    }

    /** Does it under the lock. */
    protected final synchronized <T> T locked(Supplier<T> action) {
        return action.get();
    }

    private void scheduleTick() {
        time().schedule(config().evaluationInterval(), this::tick);
    }

    private synchronized void tick() {
        if (!closed) {
            evaluate();
            scheduleTick();
        }
    }

    /** Looks at every rule for every queue. */
    protected synchronized void evaluate() {
        count(MetricNames.EVALUATIONS);
        for (AlertRule rule : rules) {
            new ArrayList<>(queues.values()).forEach(it -> look(rule, it));
        }
    }

    /** Counts one for a metric of the monitor itself. */
    protected final void count(String name) {
        overall.merge(name, 1.0, Double::sum);
    }

    /** Looks at one rule for one queue. */
    protected void look(AlertRule rule, PlainQueue queue) {
        double value = value(AlertMetric.of(rule.metric()).orElseThrow(), queue);
        String key = key(rule, queue.name());
        PlainAlert alert = active.get(key);
        if (!holds(rule, value)) {
            if (alert != null) {
                lapsed(rule, key, alert, value);
            }
            return;
        }
        if (alert == null) {
            Instant now = time().now();
            Alert pending = Alert.of(rule, queue.name(), AlertState.PENDING, value, now, now);
            alert = new PlainAlert(time().nanoTime(), now, pending);
            active.put(key, alert);
            Duration duration = rule.duration();
            if (!duration.isZero()) {
                time().schedule(duration, () -> wake(rule, queue));
            }
        }
        if (due(rule, alert, time().nanoTime() - alert.sinceNanos)) {
            fire(rule, alert, value);
        }
    }

    private synchronized void wake(AlertRule rule, PlainQueue queue) {
        if (!closed && rules.contains(rule)) {
            look(rule, queue);
        }
    }

    /** What tells alerts apart. */
    protected String key(AlertRule rule, String queue) {
        return rule.name() + "\0" + queue;
    }

    /** Whether the condition is met. */
    protected boolean holds(AlertRule rule, double value) {
        return Condition.of(rule.condition()).holds(value, rule.threshold());
    }

    /** Whether an alert fires now. */
    protected boolean due(AlertRule rule, PlainAlert alert, long heldNanos) {
        return !alert.fired && heldNanos >= rule.duration().toNanos();
    }

    /** An alert fires. */
    protected void fire(AlertRule rule, PlainAlert alert, double value) {
        Alert before = alert.alert;
        alert.fired = true;
        alert.alert = Alert.of(rule, before.queue(), AlertState.FIRING, value, alert.since, time().now());
        count(MetricNames.ALERTS_FIRED);
        enter(alert.alert);
        tell(alert.alert);
    }

    /** A condition holds no more. */
    protected void lapsed(AlertRule rule, String key, PlainAlert alert, double value) {
        active.remove(key);
        if (alert.fired) {
            Alert over = Alert.of(rule, alert.alert.queue(), AlertState.RESOLVED, value, alert.since, time().now());
            count(MetricNames.ALERTS_RESOLVED);
            enter(over);
            tell(over);
        }
    }

    /** Writes into the history. */
    protected void enter(Alert alert) {
        history.add(alert);
        if (history.size() > config().historyCapacity()) {
            history.remove(0);
        }
    }

    /** Has the callback told. */
    protected void tell(Alert alert) {
        AlertCallback callback = alert.rule().callback();
        if (callback != null) {
            submit(
                    alert.rule().name(),
                    alert.state() == AlertState.FIRING ? () -> callback.fired(alert) : () -> callback.resolved(alert));
        }
    }

    /** Has it called later. */
    protected void submit(String lane, Runnable call) {
        calls.submit(lane, call);
    }

    /** Makes a call. */
    protected void calling(Runnable call) {
        try {
            call.run();
        } catch (Throwable failure) {
            locked(() -> {
                count(MetricNames.CALLBACK_FAILURES);
                return failure;
            });
        }
    }

    /** What a call left behind is no business of the next one. */
    protected void forgetInterrupt() {
        Thread.interrupted();
    }

    /** A callback was interrupted, and returned. */
    protected void tookTooLong() {
        throw new IllegalStateException("The callback took longer than " + config().callbackTimeout());
    }

    /** What a rule sees. */
    protected double value(AlertMetric metric, PlainQueue queue) {
        PlainQueue.Slot within = within(queue);
        return switch (metric) {
            case QUEUE_DEPTH -> queue.depth == null ? Double.NaN : queue.depth.doubleValue();
            case IN_FLIGHT -> queue.inFlight == null ? Double.NaN : queue.inFlight.doubleValue();
            case PROCESSING_RATE -> rate(within);
            case ERROR_RATE -> within.all() == 0 ? Double.NaN : (double) within.failed / within.all();
            case AVG_LATENCY -> within.all() == 0 ? Double.NaN : within.nanos / 1e9 / within.all();
            case PRODUCED_TOTAL -> queue.produced;
            case CONSUMED_TOTAL -> queue.succeeded;
            case FAILED_TOTAL -> queue.failed;
            case RETRIED_TOTAL -> queue.retried;
            case DEAD_LETTERED_TOTAL -> queue.deadLettered;
        };
    }

    /** What was attempted within the window. */
    protected PlainQueue.Slot within(PlainQueue queue) {
        return queue.within(time().millis(), stepMillis(), STEPS);
    }

    private long stepMillis() {
        return Math.max(1, config().window().toMillis() / STEPS);
    }

    /** The processing rate. */
    protected double rate(PlainQueue.Slot within) {
        return within.succeeded * 1000.0 / config().window().toMillis();
    }

    /** The queue to record under. */
    protected PlainQueue queue(String name) {
        requireOpen();
        Objects.requireNonNull(name, "queue");
        if (name.isBlank() || name.length() > LONGEST_NAME || name.equals(OTHER_QUEUES)) {
            throw new IllegalArgumentException("queue is no name: " + name);
        }
        PlainQueue known = queues.get(name);
        if (known != null) {
            return known;
        }
        long apart =
                queues.keySet().stream().filter(it -> !it.equals(OTHER_QUEUES)).count();
        if (apart < config().maxQueues()) {
            return queues.computeIfAbsent(name, PlainQueue::new);
        }
        count(MetricNames.OVERFLOW);
        return queues.computeIfAbsent(OTHER_QUEUES, PlainQueue::new);
    }

    /** Refuses what comes after close. */
    protected void requireOpen() {
        if (closed) {
            throw new ClosedException("Monitor is closed");
        }
    }

    @Override
    public synchronized void recordProduced(String queue, int size) {
        Require.number("size", size, 0, Integer.MAX_VALUE);
        PlainQueue it = queue(queue);
        it.produced++;
        it.bytes += size;
    }

    @Override
    public synchronized void recordConsumed(String queue, Duration duration, Outcome outcome) {
        Require.duration("duration", duration, Duration.ZERO);
        Objects.requireNonNull(outcome, "outcome");
        queue(queue).attempted(duration, outcome, time().millis(), stepMillis(), STEPS);
    }

    @Override
    public synchronized void recordQueueDepth(String queue, long depth) {
        requireNotNegative("depth", depth);
        PlainQueue it = queue(queue);
        if (!it.name().equals(OTHER_QUEUES)) {
            it.depth = depth;
            recorded(AlertMetric.QUEUE_DEPTH, it);
        }
    }

    @Override
    public synchronized void recordInFlight(String queue, long inFlight) {
        requireNotNegative("inFlight", inFlight);
        PlainQueue it = queue(queue);
        if (!it.name().equals(OTHER_QUEUES)) {
            it.inFlight = inFlight;
            recorded(AlertMetric.IN_FLIGHT, it);
        }
    }

    private static void requireNotNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " is negative: " + value);
        }
    }

    /** A gauge was recorded. */
    protected void recorded(AlertMetric gauge, PlainQueue queue) {
        rules.stream().filter(it -> it.metric().equals(gauge.word())).forEach(it -> look(it, queue));
    }

    @Override
    public synchronized void recordRetried(String queue) {
        queue(queue).retried++;
    }

    @Override
    public synchronized void recordDeadLettered(String queue) {
        queue(queue).deadLettered++;
    }

    @Override
    public synchronized MetricsSnapshot snapshot() {
        Map<String, Long> depths = new HashMap<>();
        Map<String, Double> rates = new HashMap<>();
        Map<String, Double> errors = new HashMap<>();
        Map<String, Duration> latencies = new HashMap<>();
        Map<String, QueueTotals> totals = new HashMap<>();
        for (PlainQueue queue : queues.values()) {
            PlainQueue.Slot within = within(queue);
            rates.put(queue.name(), rate(within));
            totals.put(queue.name(), queue.totals());
            if (queue.depth != null) {
                depths.put(queue.name(), queue.depth);
            }
            if (within.all() > 0) {
                errors.put(queue.name(), (double) within.failed / within.all());
                latencies.put(queue.name(), Duration.ofNanos(within.nanos / within.all()));
            }
        }
        return new MetricsSnapshot(depths, rates, errors, latencies, totals, time().now());
    }

    @Override
    public synchronized void setupAlerts(List<AlertRule> newRules) {
        List<AlertRule> valid = valid(newRules);
        requireOpen();
        replace(valid);
        evaluate();
    }

    /** Refuses what is invalid. */
    protected List<AlertRule> valid(List<AlertRule> newRules) {
        return AlertRules.requireValid(newRules);
    }

    /** Puts rules in force. */
    protected void replace(List<AlertRule> valid) {
        for (AlertRule rule : rules) {
            if (!valid.contains(rule)) {
                for (PlainQueue queue : queues.values()) {
                    String key = key(rule, queue.name());
                    PlainAlert alert = active.get(key);
                    if (alert != null) {
                        lapsed(
                                rule,
                                key,
                                alert,
                                value(AlertMetric.of(rule.metric()).orElseThrow(), queue));
                    }
                }
            }
        }
        rules = valid;
    }

    @Override
    public synchronized List<Alert> alerts() {
        return active.values().stream()
                .map(it -> it.alert)
                .sorted(Comparator.comparing(Alert::activeSince))
                .toList();
    }

    @Override
    public synchronized List<Alert> history() {
        return List.copyOf(history);
    }

    @Override
    public synchronized String scrape() {
        count(MetricNames.SCRAPES);
        overall.put(MetricNames.HEALTHY, health().isHealthy() ? 1.0 : 0.0);
        overall.put(MetricNames.ALERTS_FIRING, (double)
                active.values().stream().filter(it -> it.fired).count());
        overall.put(MetricNames.ALERTS_PENDING, (double)
                active.values().stream().filter(it -> !it.fired).count());
        overall.put(MetricNames.START_TIME, opened.toEpochMilli() / 1000.0);
        overall.put(MetricNames.QUEUES, (double)
                queues.keySet().stream().filter(it -> !it.equals(OTHER_QUEUES)).count());
        return text(queues.values(), overall);
    }

    /** The metrics as text. */
    protected String text(Collection<PlainQueue> all, Map<String, Double> own) {
        return new PlainText().of(all, own);
    }

    @Override
    public synchronized Health health() {
        List<String> reasons = new ArrayList<>();
        if (closed) {
            reasons.add("closed");
        }
        for (PlainAlert alert : active.values()) {
            if (alert.fired && alert.alert.severity() == Severity.CRITICAL) {
                reasons.add(alert.alert.rule().name() + " fires for " + alert.alert.queue());
            }
        }
        return new Health(reasons);
    }

    @Override
    public Optional<URI> endpoint() {
        return Optional.ofNullable(server).map(MonitorServer::uri);
    }

    @Override
    public void close() {
        locked(() -> closed = true);
        try {
            if (server != null) {
                server.close();
            }
            calls.close(3 * config().callbackTimeout().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("Interrupted while closing", e);
        } finally {
            opening.endTime().run();
        }
    }
}
