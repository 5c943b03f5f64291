package org.brokertck.tck.check;

import java.util.Map;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.ProduceCall;
import org.brokertck.tck.history.QueueHistory;
import org.jspecify.annotations.Nullable;

/**
 * Rule Q-3, for one consumer: first attempts start in the order of the produce calls, for every pair of calls that did not
 * overlap. One sweep over the first attempts, which remembers the latest begun produce call so far.
 */
public final class FirstInFirstOut implements Check {
    @Override
    public Verdict judge(QueueHistory history) {
        Map<String, ProduceCall> produces = history.producesById();
        @Nullable ProduceCall latest = null;
        for (Attempt attempt : history.firstAttempts()) {
            ProduceCall call = produces.get(attempt.id());
            if (call == null) {
                continue;
            }
            if (latest != null && call.certainFrom() < latest.invoked()) {
                return Verdict.invalid(
                        "%s was attempted after %s, though its produce had returned %.3f ms before the other began"
                                .formatted(call.id(), latest.id(), (latest.invoked() - call.returned()) / 1e6),
                        Witnesses.of(history, call.id(), latest.id()));
            }
            if (latest == null || call.invoked() > latest.invoked()) {
                latest = call;
            }
        }
        return Verdict.valid();
    }
}
