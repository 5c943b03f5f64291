package org.brokertck.tck.check.partitioned;

import java.util.Map;
import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.partitioned.GroupSpan;
import org.brokertck.tck.history.partitioned.PartitionedHistory;
import org.brokertck.tck.history.partitioned.RecordAttempt;
import org.brokertck.tck.history.partitioned.RecordProduce;

/** Rule L-12: a group that starts at the latest record is given none that was produced before its first subscription. */
public final class StartedWhereTold implements Check<PartitionedHistory> {
    @Override
    public Verdict judge(PartitionedHistory history) {
        Map<String, RecordProduce> produces = history.producesById();
        for (GroupSpan group : history.groups()) {
            if (group.startFrom() == StartFrom.EARLIEST) {
                continue;
            }
            for (RecordAttempt attempt : history.firstAttempts(group)) {
                RecordProduce produce = produces.get(attempt.id());
                if (produce != null && produce.returned() < group.begun() && produce.isAcknowledged()) {
                    return Verdict.invalid(
                            "group %s starts at the latest record and was given %s, produced before it was subscribed"
                                    .formatted(group.name(), attempt.id()),
                            Evidence.of(history, group, attempt.id()));
                }
            }
        }
        return Verdict.valid();
    }
}
