package org.brokertck.tck.check.broker;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.Outcome;
import org.brokertck.tck.history.broker.BrokerHistory;
import org.brokertck.tck.history.broker.Handling;
import org.brokertck.tck.history.broker.SubscriberSpan;
import org.brokertck.tck.history.broker.TopicProduce;

/** Rules B-1, M-5 and M-7: whatever was produced to a topic reaches everyone who had subscribed to it before, and stayed. */
public final class NothingLost implements Check<BrokerHistory> {
    @Override
    public Verdict judge(BrokerHistory history) {
        for (SubscriberSpan subscriber : history.subscribers()) {
            Set<String> handled = history.handledBy(subscriber.name()).stream()
                    .map(Handling::id)
                    .collect(Collectors.toSet());
            List<TopicProduce> missing = due(history, subscriber).stream()
                    .filter(it -> !handled.contains(it.id()))
                    .toList();
            if (!missing.isEmpty()) {
                return Verdict.invalid(
                        "%s did not receive %s, whose produce returned after it had subscribed; missing in all: %d"
                                .formatted(subscriber.name(), missing.get(0).id(), missing.size()),
                        List.of(subscriber, missing.get(0)));
            }
        }
        return Verdict.valid();
    }

    /** What a subscriber must receive. Of one that was closed nothing is demanded: what is under way then goes with it. */
    private static List<TopicProduce> due(BrokerHistory history, SubscriberSpan subscriber) {
        if (history.fedUntil(subscriber) != Long.MAX_VALUE) {
            return List.of();
        }
        return history.produces().stream()
                .filter(it -> it.outcome() == Outcome.OK
                        && it.topic().equals(subscriber.topic())
                        && it.invoked() > subscriber.subscribed())
                .toList();
    }
}
