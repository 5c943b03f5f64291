package org.brokertck.reference.monitoring;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.brokertck.api.monitoring.AlertMetric;
import org.brokertck.api.monitoring.MetricNames;
import org.brokertck.api.monitoring.Outcome;
import org.brokertck.api.monitoring.QueueTotals;

/** What is known of one queue. The counters are those that Prometheus sees, so that there is one truth; recording takes no lock. */
final class QueueFigures {
    /** A gauge that nobody has set. */
    static final long UNKNOWN = -1;

    private static final double NANOS_PER_SECOND = 1e9;

    private final String name;
    private final CounterDataPoint produced;
    private final CounterDataPoint producedBytes;
    private final CounterDataPoint succeeded;
    private final CounterDataPoint failed;
    private final CounterDataPoint retried;
    private final CounterDataPoint deadLettered;
    private final DurationBuckets durations = new DurationBuckets();
    private final LongAdder nanos = new LongAdder();
    private final AttemptWindow window;
    private volatile long depth = UNKNOWN;
    private volatile long inFlight = UNKNOWN;

    QueueFigures(String name, QueueFamilies families, Duration window, long nowMillis) {
        this.name = name;
        this.produced = families.produced().labelValues(name);
        this.producedBytes = families.producedBytes().labelValues(name);
        this.succeeded = families.consumed().labelValues(name);
        this.failed = families.failed().labelValues(name);
        this.retried = families.retried().labelValues(name);
        this.deadLettered = families.deadLettered().labelValues(name);
        this.window = new AttemptWindow(window, nowMillis, this::attempts);
    }

    String name() {
        return name;
    }

    void produced(long messages, long bytes) {
        produced.inc(messages);
        producedBytes.inc(bytes);
    }

    void attempted(Duration duration, Outcome outcome, long attempts, long nowMillis) {
        window.tick(nowMillis);
        long took = duration.toNanos();
        nanos.add(took * attempts);
        durations.add(took, attempts);
        (outcome == Outcome.SUCCESS ? succeeded : failed).inc(attempts);
    }

    void depth(long now) {
        depth = now;
    }

    void inFlight(long now) {
        inFlight = now;
    }

    void retried() {
        retried.inc();
    }

    void deadLettered() {
        deadLettered.inc();
    }

    long depth() {
        return depth;
    }

    long inFlight() {
        return inFlight;
    }

    /** How long attempts took. */
    HistogramDataPointSnapshot durations() {
        return HistogramDataPointSnapshot.builder()
                .labels(Labels.of(MetricNames.QUEUE, name))
                .classicHistogramBuckets(durations.snapshot())
                .sum(nanos.sum() / NANOS_PER_SECOND)
                .build();
    }

    QueueTotals totals() {
        return new QueueTotals(
                produced.getLongValue(),
                producedBytes.getLongValue(),
                succeeded.getLongValue(),
                failed.getLongValue(),
                retried.getLongValue(),
                deadLettered.getLongValue());
    }

    Attempts withinWindow(long nowMillis) {
        return window.until(nowMillis);
    }

    /** Attempts that succeeded within the window, per second of its whole length. */
    double processingRate(Attempts within) {
        return within.succeeded() / window.seconds();
    }

    /** What alert rules see; NaN where there is no value. */
    double value(AlertMetric metric, long nowMillis) {
        return switch (metric) {
            case QUEUE_DEPTH -> gauge(depth);
            case IN_FLIGHT -> gauge(inFlight);
            case PROCESSING_RATE -> processingRate(withinWindow(nowMillis));
            case ERROR_RATE -> {
                Attempts within = withinWindow(nowMillis);
                yield within.isEmpty() ? Double.NaN : within.errorRate();
            }
            case AVG_LATENCY -> {
                Attempts within = withinWindow(nowMillis);
                yield within.isEmpty() ? Double.NaN : within.mean().toNanos() / NANOS_PER_SECOND;
            }
            case PRODUCED_TOTAL -> produced.getLongValue();
            case CONSUMED_TOTAL -> succeeded.getLongValue();
            case FAILED_TOTAL -> failed.getLongValue();
            case RETRIED_TOTAL -> retried.getLongValue();
            case DEAD_LETTERED_TOTAL -> deadLettered.getLongValue();
        };
    }

    private static double gauge(long value) {
        return value == UNKNOWN ? Double.NaN : value;
    }

    private Attempts attempts() {
        return new Attempts(succeeded.getLongValue(), failed.getLongValue(), nanos.sum());
    }
}
