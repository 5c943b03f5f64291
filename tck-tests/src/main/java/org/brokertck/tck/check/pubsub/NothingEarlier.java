package org.brokertck.tck.check.pubsub;

import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.pubsub.PubSubHistory;

/** Rule P-8: nothing arrives whose publish had returned before subscribe was called. */
public final class NothingEarlier implements Check<PubSubHistory> {
    @Override
    public Verdict judge(PubSubHistory history) {
        return Receipts.none(history, it -> it == Due.TOO_EARLY, " before it subscribed");
    }
}
