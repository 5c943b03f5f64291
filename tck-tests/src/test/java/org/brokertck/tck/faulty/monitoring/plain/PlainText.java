package org.brokertck.tck.faulty.monitoring.plain;

import java.util.Collection;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.brokertck.api.monitoring.MetricNames;
import org.jspecify.annotations.Nullable;

/** Writes the text format of Prometheus by hand. */
public class PlainText {
    static final double[] BOUNDS = {0.001, 0.01, 0.1, 1, 10};

    private final StringBuilder text = new StringBuilder();

    /** All metrics: those of queues, then those of the monitor itself. */
    public String of(Collection<PlainQueue> queues, Map<String, Double> overall) {
        counter(MetricNames.PRODUCED, queues, it -> it.produced);
        counter(MetricNames.PRODUCED_BYTES, queues, it -> it.bytes);
        counter(MetricNames.CONSUMED, queues, it -> it.succeeded);
        counter(MetricNames.FAILED, queues, it -> it.failed);
        counter(MetricNames.RETRIED, queues, it -> it.retried);
        counter(MetricNames.DEAD_LETTERED, queues, it -> it.deadLettered);
        head(MetricNames.PROCESSING_SECONDS, "histogram");
        queues.forEach(this::histogram);
        gauge(MetricNames.DEPTH, queues, it -> orNaN(it.depth));
        gauge(MetricNames.IN_FLIGHT, queues, it -> orNaN(it.inFlight));
        for (String name : MetricNames.OVERALL) {
            head(name, name.endsWith("_total") ? "counter" : "gauge");
            text.append(name)
                    .append(' ')
                    .append(overall.getOrDefault(name, 0.0))
                    .append('\n');
        }
        return text.toString();
    }

    private static double orNaN(@Nullable Long value) {
        return value == null ? Double.NaN : (double) value;
    }

    /** HELP and TYPE. */
    protected void head(String name, String type) {
        text.append("# HELP ").append(name).append(" The metric ").append(name).append(".\n");
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void counter(String name, Collection<PlainQueue> queues, ToDoubleFunction<PlainQueue> value) {
        head(name, "counter");
        queues.forEach(it -> line(name, it.name(), "", value.applyAsDouble(it)));
    }

    private void gauge(String name, Collection<PlainQueue> queues, ToDoubleFunction<PlainQueue> value) {
        head(name, "gauge");
        queues.stream()
                .filter(it -> !Double.isNaN(value.applyAsDouble(it)))
                .forEach(it -> line(name, it.name(), "", value.applyAsDouble(it)));
    }

    private void histogram(PlainQueue queue) {
        String name = MetricNames.PROCESSING_SECONDS;
        long sum = 0;
        for (int i = 0; i <= BOUNDS.length; i++) {
            sum = bucket(sum, queue.buckets[i]);
            String le = i == BOUNDS.length ? "+Inf" : String.valueOf(BOUNDS[i]);
            line(name + "_bucket", queue.name(), ",le=\"" + le + "\"", (double) sum);
        }
        line(name + "_count", queue.name(), "", (double) count(queue));
        line(name + "_sum", queue.name(), "", queue.seconds);
    }

    /** What a bucket shows. */
    protected long bucket(long below, long own) {
        return below + own;
    }

    /** What the count shows. */
    protected long count(PlainQueue queue) {
        return queue.succeeded + queue.failed;
    }

    private void line(String name, String queue, String more, double value) {
        text.append(name)
                .append("{queue=\"")
                .append(escaped(queue))
                .append('"')
                .append(more)
                .append("} ")
                .append(value)
                .append('\n');
    }

    /** A label's value as it is written. */
    protected String escaped(String value) {
        return escape(value);
    }

    /** The same, as it must be. */
    public static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
