package org.brokertck.tck.check;

import java.util.List;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.QueueHistory;

/** Rule Q-8: attempts go on until one succeeds or maxRetries retries failed, and no further. */
public final class AttemptLimit implements Check<QueueHistory> {
    @Override
    public Verdict judge(QueueHistory history) {
        for (List<Attempt> attempts : history.attemptsById().values()) {
            Attempt last = attempts.get(attempts.size() - 1);
            long allowed = last.message().maxRetries() + 1L;
            if (attempts.size() > allowed) {
                return Verdict.invalid(
                        "%s with maxRetries=%d was attempted %d times: %d are allowed"
                                .formatted(last.id(), allowed - 1, attempts.size(), allowed),
                        attempts);
            }
            if (attempts.size() < allowed && attempts.stream().allMatch(Attempt::failed)) {
                return Verdict.invalid(
                        "%s with maxRetries=%d was given up after %d failed attempts: %d are due"
                                .formatted(last.id(), allowed - 1, attempts.size(), allowed),
                        attempts);
            }
        }
        return Verdict.valid();
    }
}
