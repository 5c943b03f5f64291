package org.brokertck.tck.history.monitoring;

import java.util.concurrent.TimeUnit;
import org.brokertck.api.monitoring.AlertMetric;
import org.brokertck.tck.history.Moment;

/**
 * A gauge was recorded.
 *
 * @param atMillis when, since the rules were set up
 * @param queue the queue
 * @param metric depth or messages in flight
 * @param value the value
 */
public record GaugeReading(long atMillis, String queue, AlertMetric metric, long value) implements Moment {
    @Override
    public long at() {
        return TimeUnit.MILLISECONDS.toNanos(atMillis);
    }

    @Override
    public String describe() {
        return "%s of '%s' recorded as %d".formatted(metric.word(), queue, value);
    }
}
