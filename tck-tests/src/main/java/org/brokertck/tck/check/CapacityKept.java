package org.brokertck.tck.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.ProduceCall;
import org.brokertck.tck.history.QueueHistory;

/** Rule Q-21: never are more messages certainly in the queue, produced and not yet attempted, than its capacity. */
public final class CapacityKept implements Check<QueueHistory> {
    private record Step(long at, int change) {}

    @Override
    public Verdict judge(QueueHistory history) {
        List<Step> steps = new ArrayList<>();
        Map<String, Attempt> firsts = history.firstAttempts().stream().collect(Collectors.toMap(Attempt::id, it -> it));
        for (ProduceCall call : history.produces()) {
            Attempt first = firsts.get(call.id());
            long left = first == null ? Long.MAX_VALUE : first.started();
            // A message may be attempted before its produce returns; then it was never certainly waiting.
            if (call.certainFrom() < left) {
                steps.add(new Step(call.certainFrom(), 1));
                steps.add(new Step(left, -1));
            }
        }
        // Of two at the same time the one that makes room comes first, so that no doubt becomes a finding.
        steps.sort(Comparator.comparingLong(Step::at).thenComparingInt(Step::change));
        int inside = 0;
        int capacity = history.config().capacity();
        for (Step step : steps) {
            inside += step.change();
            if (inside > capacity) {
                return Verdict.invalid(
                        "%d messages were in a queue with a capacity of %d".formatted(inside, capacity),
                        history.produces());
            }
        }
        return Verdict.valid();
    }
}
