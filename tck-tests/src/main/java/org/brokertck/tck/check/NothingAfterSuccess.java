package org.brokertck.tck.check;

import java.util.Comparator;
import java.util.List;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.QueueHistory;

/** Rule Q-7: no attempt at a message starts once one has succeeded. */
public final class NothingAfterSuccess implements Check<QueueHistory> {
    @Override
    public Verdict judge(QueueHistory history) {
        for (List<Attempt> attempts : history.attemptsById().values()) {
            Attempt success = attempts.stream()
                    .filter(Attempt::succeeded)
                    .min(Comparator.comparingLong(Attempt::ended))
                    .orElse(null);
            for (Attempt next : attempts) {
                if (success != null && success.ended() < next.started()) {
                    return Verdict.invalid(
                            next.id() + " was attempted again after it had been handled successfully", success, next);
                }
            }
        }
        return Verdict.valid();
    }
}
