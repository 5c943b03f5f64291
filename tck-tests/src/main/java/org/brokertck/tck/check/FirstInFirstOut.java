package org.brokertck.tck.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.ProduceCall;
import org.brokertck.tck.history.QueueHistory;
import org.jspecify.annotations.Nullable;

/**
 * Rule Q-3, for one consumer: first attempts start in the order of the produce calls, for every pair of calls that did not
 * overlap. One sweep over the first attempts, which remembers the latest begun produce call so far.
 */
public final class FirstInFirstOut implements Check<QueueHistory> {
    private record First(Attempt attempt, ProduceCall call) {}

    @Override
    public Verdict judge(QueueHistory history) {
        @Nullable ProduceCall latest = null;
        for (First first : firsts(history)) {
            ProduceCall call = first.call();
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

    /** By start; of two at the same time the one produced first comes first, so that no doubt becomes a finding. */
    private static List<First> firsts(QueueHistory history) {
        Map<String, ProduceCall> produces = history.producesById();
        List<First> firsts = new ArrayList<>();
        for (Attempt attempt : history.firstAttempts()) {
            ProduceCall call = produces.get(attempt.id());
            if (call != null) {
                firsts.add(new First(attempt, call));
            }
        }
        firsts.sort(Comparator.comparingLong((First it) -> it.attempt().started())
                .thenComparingLong(it -> it.call().invoked()));
        return firsts;
    }
}
