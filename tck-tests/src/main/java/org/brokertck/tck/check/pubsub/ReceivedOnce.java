package org.brokertck.tck.check.pubsub;

import java.util.HashMap;
import java.util.Map;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.pubsub.PubSubHistory;
import org.brokertck.tck.history.pubsub.Take;

/** Rule P-6: a subscription receives a message once, however many ways its pattern matches. */
public final class ReceivedOnce implements Check<PubSubHistory> {
    private record Receipt(String subscription, String id) {}

    @Override
    public Verdict judge(PubSubHistory history) {
        Map<Receipt, Take> seen = new HashMap<>();
        for (Take take : history.takes()) {
            Take before = seen.put(new Receipt(take.subscription(), take.id()), take);
            if (before != null) {
                String title = history.subscriptions().stream()
                        .filter(it -> it.name().equals(take.subscription()))
                        .map(it -> it.title())
                        .findFirst()
                        .orElse(take.subscription());
                return Verdict.invalid(title + " received " + take.id() + " twice", before, take);
            }
        }
        return Verdict.valid();
    }
}
