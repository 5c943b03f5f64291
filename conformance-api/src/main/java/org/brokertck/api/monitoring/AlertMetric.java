package org.brokertck.api.monitoring;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What an alert rule can watch; each is a value per queue. A queue for which nothing gives a value has none (NaN), and a rule
 * does not fire for it.
 */
public enum AlertMetric {
    /** The last depth that was recorded; none before the first. Judged with each recording. */
    QUEUE_DEPTH,
    /** The last number of handlers in flight that was recorded; none before the first. Judged with each recording. */
    IN_FLIGHT,
    /** {@link MetricsSnapshot#processingRates()}. */
    PROCESSING_RATE,
    /** {@link MetricsSnapshot#errorRates()}; none when nothing was attempted in the window. */
    ERROR_RATE,
    /** {@link MetricsSnapshot#avgLatencies()} in seconds; none when nothing was attempted in the window. */
    AVG_LATENCY,
    /** {@link QueueTotals#produced()}. */
    PRODUCED_TOTAL,
    /** {@link QueueTotals#consumed()}. */
    CONSUMED_TOTAL,
    /** {@link QueueTotals#failed()}. */
    FAILED_TOTAL,
    /** {@link QueueTotals#retried()}. */
    RETRIED_TOTAL,
    /** {@link QueueTotals#deadLettered()}. */
    DEAD_LETTERED_TOTAL;

    /** The word in rules: the name in lower case, such as {@code queue_depth}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The metric with this word; empty when there is none. */
    public static Optional<AlertMetric> of(String word) {
        return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst();
    }

    /** Whether each recording counts, so that a lapse between two evaluations is seen. The others are looked at when evaluated. */
    public boolean isGauge() {
        return this == QUEUE_DEPTH || this == IN_FLIGHT;
    }
}
