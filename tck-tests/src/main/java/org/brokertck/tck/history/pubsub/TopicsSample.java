package org.brokertck.tck.history.pubsub;

import org.brokertck.api.pubsub.PubSubMetrics;
import org.brokertck.tck.history.Moment;

/**
 * One reading of the metrics.
 *
 * @param asked when metrics was called
 * @param answered when it returned
 * @param metrics what it returned
 */
public record TopicsSample(long asked, long answered, PubSubMetrics metrics) implements Moment {
    @Override
    public long at() {
        return asked;
    }

    @Override
    public String describe() {
        return "metrics: %d subscriptions, in all %s".formatted(metrics.subscriptions(), metrics.total());
    }
}
