package org.brokertck.tck.check.pubsub;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.Moment;
import org.brokertck.tck.history.pubsub.PubSubHistory;
import org.brokertck.tck.history.pubsub.PublishCall;
import org.brokertck.tck.history.pubsub.SubscriptionSpan;

/**
 * Rule P-1: a subscription receives every matching message that was published after subscribe returned, as long as it lives, but
 * for those that it counts as dropped. Of a subscription that has ended this holds up to the last message of each publisher that it
 * received, since what was still on its way need not arrive.
 */
public final class NothingMissing implements Check<PubSubHistory> {
    @Override
    public Verdict judge(PubSubHistory history) {
        Map<String, Set<String>> received = new HashMap<>();
        history.takes()
                .forEach(it -> received.computeIfAbsent(it.subscription(), s -> new HashSet<>())
                        .add(it.id()));
        for (SubscriptionSpan span : history.subscriptions()) {
            Verdict verdict = judge(history, span, received.getOrDefault(span.name(), Set.of()));
            if (!(verdict instanceof Verdict.Valid)) {
                return verdict;
            }
        }
        return Verdict.valid();
    }

    private static Verdict judge(PubSubHistory history, SubscriptionSpan span, Set<String> received) {
        Due.Lifetime life = new Due.Lifetime(history, span);
        if (life.endless() && span.reason().isPresent()) {
            return Verdict.invalid(
                    "%s says that it ended as %s, though nobody ended it"
                            .formatted(span.title(), span.reason().get()),
                    span);
        }
        List<PublishCall> missing = missing(history, life, received);
        if (missing.size() <= span.dropped()) {
            return Verdict.valid();
        }
        if (span.gaps() > 0) {
            return Verdict.inconclusive("the connection to the server was lost during the test: " + span.title()
                    + " says that it had " + span.gaps() + " gaps");
        }
        List<Moment> witnesses = new ArrayList<>(missing);
        witnesses.add(span);
        return Verdict.invalid(
                "%s did not receive %s, published to '%s' while it lived: %d missing, %d counted as dropped"
                        .formatted(
                                span.title(),
                                missing.get(0).id(),
                                missing.get(0).topic(),
                                missing.size(),
                                span.dropped()),
                witnesses);
    }

    private static List<PublishCall> missing(PubSubHistory history, Due.Lifetime life, Set<String> received) {
        Map<String, Long> lastOfPublisher = new HashMap<>();
        for (PublishCall call : history.publishes()) {
            if (received.contains(call.id())) {
                lastOfPublisher.merge(call.publisher(), call.invoked(), Math::max);
            }
        }
        return history.publishes().stream()
                .filter(it -> !received.contains(it.id()) && life.begunBefore(it))
                .filter(it ->
                        life.endless() || it.invoked() < lastOfPublisher.getOrDefault(it.publisher(), Long.MIN_VALUE))
                .toList();
    }
}
