package org.brokertck.tck.check.partitioned;

import java.util.List;
import java.util.Map;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.partitioned.GroupSpan;
import org.brokertck.tck.history.partitioned.PartitionedHistory;
import org.brokertck.tck.history.partitioned.RecordAttempt;

/** Rule L-7, its second half: within a group a record that was handled successfully is never attempted again. For histories without faults. */
public final class HandledOnce implements Check<PartitionedHistory> {
    @Override
    public Verdict judge(PartitionedHistory history) {
        for (GroupSpan group : history.groups()) {
            for (Map.Entry<String, List<RecordAttempt>> record :
                    history.attemptsById(group).entrySet()) {
                List<RecordAttempt> attempts = record.getValue();
                int success = 0;
                while (success < attempts.size() && !attempts.get(success).succeeded()) {
                    success++;
                }
                if (success < attempts.size() - 1) {
                    return Verdict.invalid(
                            "group %s was given %s again after it had handled it successfully"
                                    .formatted(group.name(), record.getKey()),
                            Evidence.of(history, group, record.getKey()));
                }
            }
        }
        return Verdict.valid();
    }
}
