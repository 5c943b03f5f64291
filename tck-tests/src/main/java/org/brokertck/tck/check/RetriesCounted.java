package org.brokertck.tck.check;

import java.util.List;
import java.util.Map;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.ProduceCall;
import org.brokertck.tck.history.QueueHistory;

/** Rule Q-9: attempt k, from 0, carries retries = k, and everything else as produced. */
public final class RetriesCounted implements Check<QueueHistory> {
    @Override
    public Verdict judge(QueueHistory history) {
        Map<String, ProduceCall> produces = history.producesById();
        for (List<Attempt> attempts : history.attemptsById().values()) {
            for (int k = 0; k < attempts.size(); k++) {
                Attempt attempt = attempts.get(k);
                if (attempt.message().retries() != k) {
                    return Verdict.invalid(
                            "attempt %d (from 0) at %s carried retries=%d"
                                    .formatted(
                                            k, attempt.id(), attempt.message().retries()),
                            attempts);
                }
                ProduceCall call = produces.get(attempt.id());
                String difference = call == null ? "" : NoInvention.difference(call.message(), attempt.message());
                if (!difference.isEmpty()) {
                    return Verdict.invalid(
                            "attempt %d (from 0) at %s carried a changed message: %s"
                                    .formatted(k, attempt.id(), difference),
                            attempts);
                }
            }
        }
        return Verdict.valid();
    }
}
