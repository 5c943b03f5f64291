package org.brokertck.tck.check.pubsub;

import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.pubsub.EndCall;
import org.brokertck.tck.history.pubsub.EndCall.Kind;
import org.brokertck.tck.history.pubsub.PubSubHistory;
import org.brokertck.tck.history.pubsub.PublishCall;

/** Rule G-2: what is published once the close of the broker has returned is refused. */
public final class ClosedRefusesPublishes implements Check<PubSubHistory> {
    @Override
    public Verdict judge(PubSubHistory history) {
        for (EndCall close : history.endings()) {
            for (PublishCall call : history.publishes()) {
                if (close.kind() == Kind.CLOSE_BROKER && call.invoked() > close.returned() && call.certain()) {
                    return Verdict.invalid(call.id() + " was taken in after the broker was closed", close, call);
                }
            }
        }
        return Verdict.valid();
    }
}
