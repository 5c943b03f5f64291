package org.brokertck.tck.check.partitioned;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.partitioned.GroupSpan;
import org.brokertck.tck.history.partitioned.MemberSpan;
import org.brokertck.tck.history.partitioned.MemberSpan.End;
import org.brokertck.tck.history.partitioned.PartitionedHistory;
import org.brokertck.tck.history.partitioned.RecordAttempt;

/**
 * Rule L-10: a record is handled again after a success only when that success was the last thing that a member did in the partition
 * before it was abandoned, since its commit may have come too late.
 */
public final class OnlyUncommittedAgain implements Check<PartitionedHistory> {
    @Override
    public Verdict judge(PartitionedHistory history) {
        Map<String, MemberSpan> members = new HashMap<>();
        history.members().forEach(it -> members.put(it.member(), it));
        for (GroupSpan group : history.groups()) {
            for (List<RecordAttempt> attempts :
                    history.attemptsByPartition(group).values()) {
                Verdict verdict = judge(history, group, attempts, members);
                if (!(verdict instanceof Verdict.Valid)) {
                    return verdict;
                }
            }
        }
        return Verdict.valid();
    }

    private static Verdict judge(
            PartitionedHistory history,
            GroupSpan group,
            List<RecordAttempt> attempts,
            Map<String, MemberSpan> members) {
        Map<String, RecordAttempt> handled = new HashMap<>();
        Map<String, RecordAttempt> last = new HashMap<>();
        attempts.forEach(it -> last.put(it.member(), it));
        for (RecordAttempt attempt : attempts) {
            RecordAttempt before = handled.get(attempt.id());
            if (before != null && !mayBeForgotten(before, last, members)) {
                List<org.brokertck.tck.history.Moment> shown =
                        new ArrayList<>(Evidence.of(history, group, attempt.id()));
                MemberSpan member = members.get(before.member());
                if (member != null) {
                    shown.add(member);
                }
                return Verdict.invalid(
                        "group %s was given %s again, which %s had handled and committed"
                                .formatted(group.name(), attempt.id(), before.member()),
                        shown);
            }
            if (attempt.succeeded()) {
                handled.put(attempt.id(), attempt);
            }
        }
        return Verdict.valid();
    }

    private static boolean mayBeForgotten(
            RecordAttempt success, Map<String, RecordAttempt> last, Map<String, MemberSpan> members) {
        MemberSpan member = members.get(success.member());
        return member != null && member.end() == End.ABANDONED && success.equals(last.get(success.member()));
    }
}
