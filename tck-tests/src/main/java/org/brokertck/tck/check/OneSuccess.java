package org.brokertck.tck.check;

import java.util.List;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.QueueHistory;

/** Rule Q-5: no message is handled successfully twice, and no two attempts at one message overlap. */
public final class OneSuccess implements Check<QueueHistory> {
    @Override
    public Verdict judge(QueueHistory history) {
        for (List<Attempt> attempts : history.attemptsById().values()) {
            List<Attempt> successes =
                    attempts.stream().filter(Attempt::succeeded).toList();
            if (successes.size() > 1) {
                return Verdict.invalid(
                        attempts.get(0).id() + " was handled successfully " + successes.size() + " times", successes);
            }
            for (int i = 1; i < attempts.size(); i++) {
                Attempt before = attempts.get(i - 1);
                Attempt next = attempts.get(i);
                if (next.started() < before.ended()) {
                    return Verdict.invalid(
                            "%s was handed to %s while %s was still handling it"
                                    .formatted(next.id(), next.consumer(), before.consumer()),
                            before,
                            next);
                }
            }
        }
        return Verdict.valid();
    }
}
