package org.brokertck.tck.check.partitioned;

import java.util.HashMap;
import java.util.Map;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.partitioned.PartitionedHistory;
import org.brokertck.tck.history.partitioned.RecordProduce;

/** Rule L-3: records of a topic with one key go to one partition, whoever produces them. */
public final class OnePartitionPerKey implements Check<PartitionedHistory> {
    @Override
    public Verdict judge(PartitionedHistory history) {
        Map<String, RecordProduce> first = new HashMap<>();
        for (RecordProduce produce : history.produces()) {
            String key = produce.message().key();
            if (key == null || produce.position() == null) {
                continue;
            }
            RecordProduce before = first.putIfAbsent(produce.topic() + "/" + key, produce);
            if (before == null || before.position() == null) {
                continue;
            }
            int there = before.position().partition();
            int here = produce.position().partition();
            if (there != here) {
                return Verdict.invalid(
                        "records with the key '%s' went to the partitions %d and %d".formatted(key, there, here),
                        before,
                        produce);
            }
        }
        return Verdict.valid();
    }
}
