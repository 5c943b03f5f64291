package org.brokertck.api.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * The figures of a monitor at one moment, by queue (rule O-1); all maps are unmodifiable. "Over the window" means what was
 * recorded in the last {@link MonitorConfig#window()}; a recording may count for a tenth of it less or more. The names of the
 * parts are those of its JSON form, in words joined by underscores.
 *
 * @param queueDepths the last depth that was recorded; only queues for which one was
 * @param processingRates attempts that succeeded over the window, per second of its length; every queue
 * @param errorRates the share of the attempts over the window that failed, from 0 to 1; only queues with an attempt in it
 * @param avgLatencies the mean duration of the attempts over the window, failed ones too; only queues with an attempt in it
 * @param totals what was recorded since the monitor was opened; every queue
 * @param timestamp the time of the figures
 */
public record MetricsSnapshot(
        Map<String, Long> queueDepths,
        Map<String, Double> processingRates,
        Map<String, Double> errorRates,
        Map<String, Duration> avgLatencies,
        Map<String, QueueTotals> totals,
        Instant timestamp) {
    /** Isolates the maps. */
    public MetricsSnapshot {
        queueDepths = Map.copyOf(queueDepths);
        processingRates = Map.copyOf(processingRates);
        errorRates = Map.copyOf(errorRates);
        avgLatencies = Map.copyOf(avgLatencies);
        totals = Map.copyOf(totals);
        Objects.requireNonNull(timestamp, "timestamp");
    }

    /** The totals of one queue; {@link QueueTotals#NONE} when nothing was recorded of it. */
    public QueueTotals totalsOf(String queue) {
        return totals.getOrDefault(queue, QueueTotals.NONE);
    }
}
