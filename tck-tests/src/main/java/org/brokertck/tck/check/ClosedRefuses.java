package org.brokertck.tck.check;

import org.brokertck.api.ClosedException;
import org.brokertck.tck.history.Outcome;
import org.brokertck.tck.history.ProduceCall;
import org.brokertck.tck.history.QueueHistory;

/** Rule G-2: a produce that began after close had returned is refused with the closed exception. */
public final class ClosedRefuses implements Check<QueueHistory> {
    @Override
    public Verdict judge(QueueHistory history) {
        return history.produces().stream()
                .filter(it -> it.invoked() > history.closed())
                .filter(it -> !refusedAsClosed(it))
                .findFirst()
                .map(it -> Verdict.invalid(
                        "produce of %s after close had returned ended as %s %s"
                                .formatted(it.id(), it.outcome(), it.detail()),
                        it))
                .orElseGet(Verdict::valid);
    }

    private static boolean refusedAsClosed(ProduceCall call) {
        return call.outcome() == Outcome.REFUSED && call.detail().startsWith(ClosedException.class.getName());
    }
}
