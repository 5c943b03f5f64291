package org.brokertck.tck.check.requestreply;

import java.util.List;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.requestreply.Handling;
import org.brokertck.tck.history.requestreply.RequestReplyHistory;

/** Rule Y-1: without faults a request is handled by one responder, once. */
public final class HandledOnce implements Check<RequestReplyHistory> {
    @Override
    public Verdict judge(RequestReplyHistory history) {
        for (List<Handling> handlings : history.handlingsById().values()) {
            if (handlings.size() > 1) {
                Handling first = handlings.get(0);
                return Verdict.invalid(
                        "%s was handled %d times, by %s and %s"
                                .formatted(
                                        first.id(),
                                        handlings.size(),
                                        first.responder(),
                                        handlings.get(1).responder()),
                        history.about(first.id()));
            }
        }
        return Verdict.valid();
    }
}
