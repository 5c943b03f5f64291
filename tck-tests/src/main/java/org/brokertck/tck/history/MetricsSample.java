package org.brokertck.tck.history;

import org.brokertck.api.queue.QueueMetrics;

/**
 * One reading of the metrics.
 *
 * @param asked when metrics was called
 * @param answered when it returned
 * @param metrics what it returned
 */
public record MetricsSample(long asked, long answered, QueueMetrics metrics) implements Moment {
    @Override
    public long at() {
        return asked;
    }

    @Override
    public String describe() {
        return "metrics: produced=%d consumed=%d failed=%d inFlight=%d deadLetters=%d"
                .formatted(
                        metrics.produced(),
                        metrics.consumed(),
                        metrics.failed(),
                        metrics.inFlight(),
                        metrics.deadLetters());
    }
}
