package org.brokertck.tck.check;

import java.util.List;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.QueueHistory;

/** Rule Q-4: the attempts of one consumer do not overlap. */
public final class OneAtATime implements Check<QueueHistory> {
    @Override
    public Verdict judge(QueueHistory history) {
        for (List<Attempt> attempts : history.attemptsByConsumer().values()) {
            for (int i = 1; i < attempts.size(); i++) {
                Attempt before = attempts.get(i - 1);
                Attempt next = attempts.get(i);
                if (next.started() < before.ended()) {
                    return Verdict.invalid(
                            "the handler of %s was called with %s while it was still busy with %s"
                                    .formatted(next.consumer(), next.id(), before.id()),
                            before,
                            next);
                }
            }
        }
        return Verdict.valid();
    }
}
