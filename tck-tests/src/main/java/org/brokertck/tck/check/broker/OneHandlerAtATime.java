package org.brokertck.tck.check.broker;

import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.broker.BrokerHistory;
import org.brokertck.tck.history.broker.Handling;
import org.brokertck.tck.history.broker.SubscriberSpan;
import org.jspecify.annotations.Nullable;

/** Rule B-1: the handler of one subscription never runs concurrently with itself, without which there is no order. */
public final class OneHandlerAtATime implements Check<BrokerHistory> {
    @Override
    public Verdict judge(BrokerHistory history) {
        for (SubscriberSpan subscriber : history.subscribers()) {
            Verdict verdict = judge(history, subscriber);
            if (!(verdict instanceof Verdict.Valid)) {
                return verdict;
            }
        }
        return Verdict.valid();
    }

    private static Verdict judge(BrokerHistory history, SubscriberSpan subscriber) {
        @Nullable Handling longest = null;
        for (Handling handling : history.handledBy(subscriber.name())) {
            if (longest != null && handling.started() < longest.ended()) {
                return Verdict.invalid(
                        "the handler of %s ran twice at once, for %s and %s"
                                .formatted(subscriber.name(), longest.id(), handling.id()),
                        longest,
                        handling);
            }
            if (longest == null || handling.ended() > longest.ended()) {
                longest = handling;
            }
        }
        return Verdict.valid();
    }
}
