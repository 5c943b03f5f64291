package org.brokertck.reference.monitoring;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.brokertck.api.monitoring.MetricNames;
import org.brokertck.reference.monitoring.http.MetricsText;
import org.jspecify.annotations.Nullable;

/** The metrics of one monitor, in a registry of its own, and their text. */
final class Exposition {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ExpositionFormats formats = ExpositionFormats.init();
    private final PrometheusTextFormatWriter text = PrometheusTextFormatWriter.create();
    private final QueueFamilies families = QueueFamilies.in(registry);
    private final Counter scrapes = counter(MetricNames.SCRAPES, "Scrapes of these metrics.");

    QueueFamilies families() {
        return families;
    }

    /** A counter without labels. */
    Counter counter(String name, String help) {
        return Counter.builder().name(name).help(help).withoutExemplars().register(registry);
    }

    /** A counter that is kept elsewhere. */
    void counter(String name, String help, DoubleSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(it -> it.call(value.getAsDouble()))
                .register(registry);
    }

    /** A gauge without labels. */
    void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(it -> it.call(value.getAsDouble()))
                .register(registry);
    }

    /** A gauge for each queue that has one. */
    void gauge(
            String name, String help, Supplier<Collection<QueueFigures>> queues, ToLongFunction<QueueFigures> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(MetricNames.QUEUE)
                .callback(gauge -> queues.get().forEach(queue -> {
                    long now = value.applyAsLong(queue);
                    if (now != QueueFigures.UNKNOWN) {
                        gauge.call((double) now, queue.name());
                    }
                }))
                .register(registry);
    }

    /** A histogram for each queue. */
    void histogram(
            String name,
            String help,
            Supplier<Collection<QueueFigures>> queues,
            Function<QueueFigures, HistogramDataPointSnapshot> value) {
        MetricMetadata metadata = new MetricMetadata(name, help);
        Collector collector = () ->
                new HistogramSnapshot(metadata, queues.get().stream().map(value).toList());
        registry.register(collector);
    }

    /** The text format of Prometheus. */
    String scrape() {
        return scrape(text).text();
    }

    /** The format that a request accepts, which is the text format of Prometheus where it does not say. */
    MetricsText scrape(@Nullable String accept) {
        return scrape(accept == null ? text : formats.findWriter(accept));
    }

    private MetricsText scrape(ExpositionFormatWriter writer) {
        scrapes.inc();
        MetricSnapshots metrics = registry.scrape();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(out, metrics);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return new MetricsText(writer.getContentType(), out.toString(StandardCharsets.UTF_8));
    }
}
