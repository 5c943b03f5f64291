package org.brokertck.tck.check.partitioned;

import java.util.HashMap;
import java.util.Map;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.partitioned.GroupSpan;
import org.brokertck.tck.history.partitioned.PartitionedHistory;
import org.brokertck.tck.history.partitioned.RecordAttempt;
import org.brokertck.tck.history.partitioned.RecordProduce;

/**
 * Rule L-6: the first attempts of a group at the records of one key start in the order in which those were produced, for every pair
 * of which one was certainly produced before the other: its call had ended, or the same thread or batch had it earlier.
 */
public final class KeysInOrder implements Check<PartitionedHistory> {
    /** What has been attempted of one key so far. */
    private static final class Attempted {
        private final Map<String, RecordProduce> lastOfLane = new HashMap<>();
        private @org.jspecify.annotations.Nullable RecordProduce latest;

        /** A record that was attempted already though it was certainly produced after this one; null when there is none. */
        @org.jspecify.annotations.Nullable
        RecordProduce overtaker(RecordProduce produce) {
            if (!produce.isAcknowledged()) {
                return null;
            }
            if (latest != null && produce.returned() < latest.invoked()) {
                return latest;
            }
            RecordProduce last = produce.lane().isEmpty() ? null : lastOfLane.get(produce.lane());
            return last != null && produce.turn() < last.turn() ? last : null;
        }

        void add(RecordProduce produce) {
            if (latest == null || latest.invoked() < produce.invoked()) {
                latest = produce;
            }
            if (!produce.lane().isEmpty()) {
                lastOfLane.merge(produce.lane(), produce, (a, b) -> a.turn() > b.turn() ? a : b);
            }
        }
    }

    @Override
    public Verdict judge(PartitionedHistory history) {
        Map<String, RecordProduce> produces = history.producesById();
        for (GroupSpan group : history.groups()) {
            Map<String, Attempted> keys = new HashMap<>();
            for (RecordAttempt attempt : history.firstAttempts(group)) {
                RecordProduce produce = produces.get(attempt.id());
                if (produce == null || produce.message().key() == null) {
                    continue;
                }
                Attempted attempted = keys.computeIfAbsent(produce.message().key(), it -> new Attempted());
                RecordProduce overtaker = attempted.overtaker(produce);
                if (overtaker != null) {
                    return Verdict.invalid(
                            "of key '%s', group %s was given %s before %s, which was produced earlier"
                                    .formatted(produce.message().key(), group.name(), overtaker.id(), produce.id()),
                            Evidence.of(history, group, produce.id(), overtaker.id()));
                }
                attempted.add(produce);
            }
        }
        return Verdict.valid();
    }
}
