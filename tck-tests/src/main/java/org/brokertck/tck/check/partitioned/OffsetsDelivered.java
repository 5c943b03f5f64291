package org.brokertck.tck.check.partitioned;

import java.util.List;
import java.util.Map;
import org.brokertck.api.partitioned.Position;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.partitioned.GroupSpan;
import org.brokertck.tck.history.partitioned.PartitionedHistory;
import org.brokertck.tck.history.partitioned.RecordAttempt;
import org.brokertck.tck.history.partitioned.RecordProduce;

/**
 * Rule L-5, its second half: a record is delivered at the position that produce returned, and each group is given the records of a
 * partition by their offsets.
 */
public final class OffsetsDelivered implements Check<PartitionedHistory> {
    @Override
    public Verdict judge(PartitionedHistory history) {
        Map<String, RecordProduce> produces = history.producesById();
        for (RecordAttempt attempt : history.attempts()) {
            RecordProduce produce = produces.get(attempt.id());
            Position delivered =
                    new Position(attempt.partition(), attempt.record().offset());
            if (produce != null
                    && produce.position() != null
                    && !produce.position().equals(delivered)) {
                return Verdict.invalid(
                        "%s is at %s by produce and was delivered as at %s"
                                .formatted(attempt.id(), produce.position(), delivered),
                        produce,
                        attempt);
            }
        }
        for (GroupSpan group : history.groups()) {
            Verdict verdict = inOrder(group, history.firstAttempts(group));
            if (!(verdict instanceof Verdict.Valid)) {
                return verdict;
            }
        }
        return Verdict.valid();
    }

    private static Verdict inOrder(GroupSpan group, List<RecordAttempt> first) {
        Map<Integer, RecordAttempt> last = new java.util.HashMap<>();
        for (RecordAttempt attempt : first) {
            RecordAttempt before = last.put(attempt.partition(), attempt);
            if (before != null && attempt.record().offset() < before.record().offset()) {
                return Verdict.invalid(
                        "group %s was given offset %d of partition %d after offset %d"
                                .formatted(
                                        group.name(),
                                        attempt.record().offset(),
                                        attempt.partition(),
                                        before.record().offset()),
                        before,
                        attempt);
            }
        }
        return Verdict.valid();
    }
}
