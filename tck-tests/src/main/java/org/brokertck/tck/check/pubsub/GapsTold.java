package org.brokertck.tck.check.pubsub;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.Moment;
import org.brokertck.tck.history.pubsub.PubSubHistory;
import org.brokertck.tck.history.pubsub.PublishCall;
import org.brokertck.tck.history.pubsub.SubscriptionSpan;
import org.brokertck.tck.history.pubsub.Take;

/**
 * Rule P-18: where messages are missing that a living subscription should have received, its gaps tell of it: for no publisher are
 * there more holes, each a run of missing messages, than it says that it had gaps. Drops are counted elsewhere, so that this
 * judges nothing where there were any.
 */
public final class GapsTold implements Check<PubSubHistory> {
    @Override
    public Verdict judge(PubSubHistory history) {
        for (SubscriptionSpan span : history.subscriptions()) {
            Set<String> received = history.takesOf(span).stream().map(Take::id).collect(Collectors.toSet());
            Due.Lifetime life = new Due.Lifetime(history, span);
            for (List<PublishCall> calls : byPublisher(history, life)) {
                List<Moment> holes = holes(calls, received);
                if (span.dropped() == 0 && holes.size() > span.gaps()) {
                    return Verdict.invalid(
                            "%s misses messages in %d places, and says that it had %d gaps"
                                    .formatted(span.title(), holes.size(), span.gaps()),
                            holes);
                }
            }
        }
        return Verdict.valid();
    }

    private static Iterable<List<PublishCall>> byPublisher(PubSubHistory history, Due.Lifetime life) {
        Map<String, List<PublishCall>> calls = new HashMap<>();
        history.publishes().stream()
                .filter(it -> life.due(it) == Due.MUST)
                .forEach(it -> calls.computeIfAbsent(it.publisher(), p -> new ArrayList<>())
                        .add(it));
        return calls.values();
    }

    /** The first missing message of each hole. */
    private static List<Moment> holes(List<PublishCall> calls, Set<String> received) {
        List<Moment> holes = new ArrayList<>();
        boolean missing = false;
        for (PublishCall call : calls) {
            boolean arrived = received.contains(call.id());
            if (!arrived && !missing) {
                holes.add(call);
            }
            missing = !arrived;
        }
        return holes;
    }
}
