package org.brokertck.reference.monitoring;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.brokertck.api.monitoring.MetricNames;

/** The metrics that have one series for each queue and are counted up. */
record QueueFamilies(
        Counter produced,
        Counter producedBytes,
        Counter consumed,
        Counter failed,
        Counter retried,
        Counter deadLettered) {
    static QueueFamilies in(PrometheusRegistry registry) {
        return new QueueFamilies(
                counter(registry, MetricNames.PRODUCED, "Messages produced."),
                counter(registry, MetricNames.PRODUCED_BYTES, "Bytes of the payloads of messages produced."),
                counter(registry, MetricNames.CONSUMED, "Attempts at messages that succeeded."),
                counter(registry, MetricNames.FAILED, "Attempts at messages that failed."),
                counter(registry, MetricNames.RETRIED, "Failed attempts that were planned anew."),
                counter(registry, MetricNames.DEAD_LETTERED, "Messages parked as dead letters."));
    }

    private static Counter counter(PrometheusRegistry registry, String name, String help) {
        return Counter.builder()
                .name(name)
                .help(help)
                .labelNames(MetricNames.QUEUE)
                .withoutExemplars()
                .register(registry);
    }
}
