package org.brokertck.tck.check.partitioned;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.partitioned.GroupSpan;
import org.brokertck.tck.history.partitioned.PartitionedHistory;
import org.brokertck.tck.history.partitioned.RecordAttempt;

/**
 * Rule L-15: a group attempts a record until one attempt succeeds or the delivery limit is reached, and only then the next record of
 * the partition. For histories in which no member was abandoned.
 */
public final class RetriedInPlace implements Check<PartitionedHistory> {
    @Override
    public Verdict judge(PartitionedHistory history) {
        int limit = history.config().deliveryLimit();
        for (GroupSpan group : history.groups()) {
            for (List<RecordAttempt> attempts :
                    history.attemptsByPartition(group).values()) {
                Verdict verdict = judge(group, attempts, limit);
                if (!(verdict instanceof Verdict.Valid)) {
                    return verdict;
                }
            }
        }
        return Verdict.valid();
    }

    private static Verdict judge(GroupSpan group, List<RecordAttempt> attempts, int limit) {
        Map<String, Integer> failures = new HashMap<>();
        RecordAttempt open = null;
        for (RecordAttempt attempt : attempts) {
            int failed = failures.getOrDefault(attempt.id(), 0);
            if (failed >= limit) {
                return Verdict.invalid(
                        "group %s attempted %s %d times with a delivery limit of %d"
                                .formatted(group.name(), attempt.id(), failed + 1, limit),
                        attempt);
            }
            if (open != null && !open.id().equals(attempt.id())) {
                return Verdict.invalid(
                        "group %s attempted %s while %s of the same partition was still to be retried, after %d of %d attempts"
                                .formatted(
                                        group.name(),
                                        attempt.id(),
                                        open.id(),
                                        failures.getOrDefault(open.id(), 0),
                                        limit),
                        open,
                        attempt);
            }
            if (attempt.failed()) {
                failures.put(attempt.id(), failed + 1);
            }
            open = attempt.failed() && failed + 1 < limit ? attempt : null;
        }
        return Verdict.valid();
    }
}
