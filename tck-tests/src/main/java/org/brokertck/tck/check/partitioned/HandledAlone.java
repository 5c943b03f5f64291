package org.brokertck.tck.check.partitioned;

import java.util.List;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.partitioned.GroupSpan;
import org.brokertck.tck.history.partitioned.PartitionedHistory;
import org.brokertck.tck.history.partitioned.RecordAttempt;

/** Rule L-9: no two handlers of a group run at once for one partition, be they of one member or of two. A sweep over the intervals. */
public final class HandledAlone implements Check<PartitionedHistory> {
    @Override
    public Verdict judge(PartitionedHistory history) {
        for (GroupSpan group : history.groups()) {
            for (List<RecordAttempt> attempts :
                    history.attemptsByPartition(group).values()) {
                Verdict verdict = sweep(group, attempts);
                if (!(verdict instanceof Verdict.Valid)) {
                    return verdict;
                }
            }
        }
        return Verdict.valid();
    }

    /** The attempts are sorted by their start, so that only the latest end so far matters. */
    private static Verdict sweep(GroupSpan group, List<RecordAttempt> attempts) {
        RecordAttempt longest = null;
        for (RecordAttempt attempt : attempts) {
            if (longest != null && attempt.started() < longest.ended()) {
                String who = attempt.member().equals(longest.member())
                        ? attempt.member() + " and itself"
                        : longest.member() + " and " + attempt.member();
                return Verdict.invalid(
                        "%s of group %s handled records of partition %d at the same time"
                                .formatted(who, group.name(), attempt.partition()),
                        longest,
                        attempt);
            }
            if (longest == null || attempt.ended() > longest.ended()) {
                longest = attempt;
            }
        }
        return Verdict.valid();
    }
}
