package org.brokertck.tck.pubsub;

import java.util.List;
import org.brokertck.api.pubsub.PubSubMetrics;
import org.brokertck.api.pubsub.TopicCounts;
import org.brokertck.tck.history.pubsub.RecordedSubscription;
import org.brokertck.tck.scenario.Polling;

/** When the metrics have come to rest. */
final class Rest {
    private Rest() {}

    /** Reads the metrics until they count all that was taken and dropped, for as long as something may take. */
    static void awaitCounts(PubSubUnderTest broker) {
        List<RecordedSubscription> all = broker.recorded().subscriptions();
        long taken = all.stream().mapToLong(RecordedSubscription::received).sum();
        long published =
                broker.history().publishes().stream().filter(it -> it.certain()).count();
        long living = all.stream().filter(it -> it.endReason().isEmpty()).count();
        Polling.until(
                broker.timeouts().await(),
                broker::metrics,
                it -> isAtRest(it, published, taken, all) && it.subscriptions() == living);
    }

    private static boolean isAtRest(
            PubSubMetrics metrics, long published, long taken, List<RecordedSubscription> subscriptions) {
        TopicCounts total = metrics.total();
        long dropped =
                subscriptions.stream().mapToLong(RecordedSubscription::dropped).sum();
        return total.published() == published && total.delivered() == taken && total.dropped() == dropped;
    }
}
