package org.brokertck.tck.check.pubsub;

import org.brokertck.tck.history.pubsub.PubSubHistory;
import org.brokertck.tck.history.pubsub.PublishCall;
import org.brokertck.tck.history.pubsub.SubscriptionSpan;

/** What the contract says of one message and one subscription, by the times at which their calls began and returned. */
enum Due {
    /** It must arrive, or be counted as dropped. */
    MUST,
    /** Either is right, since calls overlapped or their outcome is unknown. */
    MAY,
    /** It must not arrive: the topic does not match. */
    OTHER_TOPIC,
    /** It must not arrive: its publish was refused. */
    REFUSED,
    /** It must not arrive: it was published before subscribe was called. */
    TOO_EARLY,
    /** It must not arrive: it was published after the subscription had ended. */
    TOO_LATE;

    /** When one subscription lived, worked out once for all messages. */
    record Lifetime(SubscriptionSpan span, long mayEndFrom, long endedBy) {
        Lifetime(PubSubHistory history, SubscriptionSpan span) {
            this(span, history.mayEndFrom(span), history.endedBy(span));
        }

        /** Whether nothing ended it. */
        boolean endless() {
            return mayEndFrom == Long.MAX_VALUE;
        }

        Due due(PublishCall call) {
            if (!Matching.matches(span.pattern(), call.topic())) {
                return OTHER_TOPIC;
            }
            if (!call.mayArrive()) {
                return REFUSED;
            }
            if (call.returned() < span.subscribing()) {
                return TOO_EARLY;
            }
            if (call.invoked() > endedBy) {
                return TOO_LATE;
            }
            return call.certain() && call.invoked() > span.subscribed() && endless() ? MUST : MAY;
        }

        /** Whether the message was certainly published after the subscription had begun. */
        boolean begunBefore(PublishCall call) {
            return call.certain()
                    && call.invoked() > span.subscribed()
                    && Matching.matches(span.pattern(), call.topic());
        }
    }
}
