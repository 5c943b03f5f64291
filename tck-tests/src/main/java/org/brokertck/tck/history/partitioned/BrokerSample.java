package org.brokertck.tck.history.partitioned;

import org.brokertck.api.partitioned.PartitionedMetrics;
import org.brokertck.tck.history.Moment;

/**
 * One reading of the metrics.
 *
 * @param asked when metrics was called
 * @param answered when it returned
 * @param metrics what it returned
 */
public record BrokerSample(long asked, long answered, PartitionedMetrics metrics) implements Moment {
    @Override
    public long at() {
        return asked;
    }

    @Override
    public String describe() {
        return "metrics: " + metrics;
    }
}
