package org.brokertck.tck.check;

import java.util.List;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.QueueHistory;

/** Rule Q-7: no attempt at a message starts once one has succeeded. */
public final class NothingAfterSuccess implements Check {
    @Override
    public Verdict judge(QueueHistory history) {
        for (List<Attempt> attempts : history.attemptsById().values()) {
            for (int i = 1; i < attempts.size(); i++) {
                for (Attempt before : attempts.subList(0, i)) {
                    Attempt next = attempts.get(i);
                    if (before.succeeded() && before.ended() <= next.started()) {
                        return Verdict.invalid(
                                next.id() + " was attempted again after it had been handled successfully",
                                before,
                                next);
                    }
                }
            }
        }
        return Verdict.valid();
    }
}
