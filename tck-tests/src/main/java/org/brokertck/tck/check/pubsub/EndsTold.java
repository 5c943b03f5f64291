package org.brokertck.tck.check.pubsub;

import java.util.EnumSet;
import java.util.Set;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.pubsub.EndCall;
import org.brokertck.tck.history.pubsub.PubSubHistory;
import org.brokertck.tck.history.pubsub.SubscriptionSpan;

/** Rules P-11 and P-14: a subscription that was ended says so, and for the reason of a call that may have ended it. */
public final class EndsTold implements Check<PubSubHistory> {
    @Override
    public Verdict judge(PubSubHistory history) {
        for (SubscriptionSpan span : history.subscriptions()) {
            Set<EndReason> possible = EnumSet.noneOf(EndReason.class);
            history.endings().stream()
                    .filter(it -> it.concerns(span) && it.returned() > span.subscribing())
                    .forEach(it -> possible.add(reason(it.kind())));
            boolean ended = history.endedBy(span) != Long.MAX_VALUE;
            boolean told = span.reason().map(possible::contains).orElse(!ended);
            if (!told) {
                return Verdict.invalid(
                        "%s gives %s as the reason of its end, where %s is due"
                                .formatted(
                                        span.title(),
                                        span.reason().map(Object::toString).orElse("none"),
                                        possible.isEmpty() ? "none" : possible),
                        span);
            }
        }
        return Verdict.valid();
    }

    private static EndReason reason(EndCall.Kind kind) {
        return switch (kind) {
            case CLOSE -> EndReason.CLOSED;
            case UNSUBSCRIBE -> EndReason.UNSUBSCRIBED;
            case CLOSE_BROKER -> EndReason.BROKER_CLOSED;
        };
    }
}
