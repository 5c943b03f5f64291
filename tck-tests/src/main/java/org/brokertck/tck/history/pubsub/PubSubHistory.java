package org.brokertck.tck.history.pubsub;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.tck.history.Moment;

/**
 * All that happened to one publish/subscribe broker. Every message in it has an id of its own, and every subscription a name.
 *
 * @param config how the broker was opened
 * @param publishes all publish calls, by the time at which they began
 * @param subscriptions all subscriptions, by the time at which they were asked for
 * @param endings all calls that end subscriptions, by the time at which they began
 * @param takes all takes that brought a message, by the time at which they began
 * @param samples all readings of the metrics, by the time at which they were asked for
 */
public record PubSubHistory(
        PubSubConfig config,
        List<PublishCall> publishes,
        List<SubscriptionSpan> subscriptions,
        List<EndCall> endings,
        List<Take> takes,
        List<TopicsSample> samples) {
    /** Sorts and isolates the lists. */
    public PubSubHistory {
        publishes = sorted(publishes);
        subscriptions = sorted(subscriptions);
        endings = sorted(endings);
        takes = takes.stream()
                .sorted(Comparator.comparingLong(Take::invoked).thenComparingLong(Take::returned))
                .toList();
        samples = sorted(samples);
    }

    /** The publish call of each message. */
    public Map<String, PublishCall> publishesById() {
        return publishes.stream().collect(Collectors.toMap(PublishCall::id, it -> it, (a, b) -> a, LinkedHashMap::new));
    }

    /** The takes of each subscription, in order; subscriptions that received nothing are absent. */
    public Map<String, List<Take>> takesBySubscription() {
        return takes.stream()
                .collect(Collectors.groupingBy(Take::subscription, LinkedHashMap::new, Collectors.toList()));
    }

    /** What one subscription received, in order. */
    public List<Take> takesOf(SubscriptionSpan span) {
        return takes.stream()
                .filter(it -> it.subscription().equals(span.name()))
                .toList();
    }

    /** The earliest time from which the subscription may have ended; never when nothing ended it. */
    public long mayEndFrom(SubscriptionSpan span) {
        return endings.stream()
                .filter(it -> it.concerns(span) && it.returned() > span.subscribing())
                .mapToLong(it -> Math.max(it.invoked(), span.subscribing()))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** The earliest time by which the subscription has certainly ended; never when that is not certain. */
    public long endedBy(SubscriptionSpan span) {
        return endings.stream()
                .filter(it -> it.concerns(span) && it.invoked() > span.subscribed())
                .mapToLong(EndCall::returned)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private static <T extends Moment> List<T> sorted(List<T> moments) {
        return moments.stream().sorted(Comparator.comparingLong(Moment::at)).toList();
    }
}
