package org.brokertck.tck.check.pubsub;

import java.util.Set;
import java.util.stream.Collectors;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.pubsub.PubSubHistory;
import org.brokertck.tck.history.pubsub.SubscriptionSpan;
import org.brokertck.tck.history.pubsub.Take;

/** Rule P-10: received + dropped = matched, exactly; where calls overlapped, between what must and what may have matched. */
public final class DropsCounted implements Check<PubSubHistory> {
    /** What is to be counted of one subscription. */
    private record Matched(long must, long may) {
        static Matched of(PubSubHistory history, SubscriptionSpan span) {
            Due.Lifetime life = new Due.Lifetime(history, span);
            long must = history.publishes().stream()
                    .filter(it -> life.due(it) == Due.MUST)
                    .count();
            long may = history.publishes().stream()
                    .filter(it -> life.due(it) == Due.MAY)
                    .count();
            return new Matched(must, may);
        }

        @Override
        public String toString() {
            return may == 0 ? "%d".formatted(must) : "%d to %d".formatted(must, must + may);
        }
    }

    /** Whether all that must arrive at this subscription was received or dropped already. */
    public static boolean accountsForAll(PubSubHistory history, String subscription) {
        return history.subscriptions().stream()
                .filter(it -> it.name().equals(subscription))
                .allMatch(it ->
                        dueAccounted(history, it) >= Matched.of(history, it).must());
    }

    /**
     * Whether that may be so: as much was received or dropped as must arrive, but some of it may be what need not. Where drops cannot
     * be told apart this is all that can be known, and only a time in which nothing comes makes it likely.
     */
    public static boolean mayAccountForAll(PubSubHistory history, String subscription) {
        return history.subscriptions().stream()
                .filter(it -> it.name().equals(subscription))
                .allMatch(
                        it -> accounted(history, it) >= Matched.of(history, it).must());
    }

    /** How many of those that must arrive surely did, or were dropped: what need not arrive may have been received or dropped as well. */
    private static long dueAccounted(PubSubHistory history, SubscriptionSpan span) {
        Due.Lifetime life = new Due.Lifetime(history, span);
        Set<String> received = history.takesOf(span).stream().map(Take::id).collect(Collectors.toSet());
        long due = history.publishes().stream()
                .filter(it -> life.due(it) == Due.MUST && received.contains(it.id()))
                .count();
        long mayHaveBeenDropped = history.publishes().stream()
                .filter(it -> life.due(it) == Due.MAY && !received.contains(it.id()))
                .count();
        return due + Math.max(0, span.dropped() - mayHaveBeenDropped);
    }

    private static long accounted(PubSubHistory history, SubscriptionSpan span) {
        return history.takesOf(span).size() + span.dropped();
    }

    @Override
    public Verdict judge(PubSubHistory history) {
        for (SubscriptionSpan span : history.subscriptions()) {
            Matched matched = Matched.of(history, span);
            long accounted = accounted(history, span);
            if (accounted < matched.must() && span.gaps() > 0) {
                return Verdict.inconclusive("the connection to the server was lost during the test");
            }
            if (accounted < matched.must() || accounted > matched.must() + matched.may()) {
                return Verdict.invalid(
                        "%s received %d and says that it dropped %d, where %s matched"
                                .formatted(span.title(), accounted - span.dropped(), span.dropped(), matched),
                        span);
            }
        }
        return Verdict.valid();
    }
}
