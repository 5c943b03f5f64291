package org.brokertck.tck.check.pubsub;

import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.pubsub.PubSubHistory;

/** Rules P-1 to P-5: a subscription receives nothing whose topic it does not match. */
public final class OnlyMatching implements Check<PubSubHistory> {
    @Override
    public Verdict judge(PubSubHistory history) {
        return Receipts.none(history, it -> it == Due.OTHER_TOPIC, ": its pattern does not match that");
    }
}
