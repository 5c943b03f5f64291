package org.brokertck.tck.history.broker;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that happened.
 *
 * @param produces all calls of produce, by the time at which they began
 * @param handlings all invocations of handlers, by the time at which they began
 * @param subscribers all subscriptions whose subscribe returned
 * @param closing when the broker's close was first called; {@link Long#MAX_VALUE} when it was not
 * @param closed when that returned
 */
public record BrokerHistory(
        List<TopicProduce> produces,
        List<Handling> handlings,
        List<SubscriberSpan> subscribers,
        long closing,
        long closed) {
    /** Copies the lists in order. */
    public BrokerHistory {
        produces = produces.stream()
                .sorted(Comparator.comparingLong(TopicProduce::invoked))
                .toList();
        handlings = handlings.stream()
                .sorted(Comparator.comparingLong(Handling::started))
                .toList();
        subscribers = List.copyOf(subscribers);
    }

    /** The produce calls by the name of their message. */
    public Map<String, TopicProduce> producesById() {
        Map<String, TopicProduce> found = new LinkedHashMap<>();
        produces.forEach(it -> found.put(it.id(), it));
        return found;
    }

    /** What one subscriber handled, in order. */
    public List<Handling> handledBy(String subscriber) {
        return handlings.stream()
                .filter(it -> it.subscriber().equals(subscriber))
                .toList();
    }

    /** Up to when a subscriber is certainly fed. */
    public long fedUntil(SubscriberSpan subscriber) {
        return Math.min(subscriber.closing(), closing);
    }
}
