package org.brokertck.tck.check.partitioned;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.partitioned.CommitReading;
import org.brokertck.tck.history.partitioned.PartitionedHistory;
import org.brokertck.tck.history.partitioned.RecordAttempt;

/**
 * Rules L-11 and L-22: what a group has committed never goes back, and never covers a record that the group has not begun to handle.
 * For readings by one thread.
 */
public final class CommitsForward implements Check<PartitionedHistory> {
    @Override
    public Verdict judge(PartitionedHistory history) {
        Map<String, CommitReading> before = new HashMap<>();
        for (CommitReading reading : history.commits()) {
            CommitReading last = before.put(reading.topic() + "/" + reading.group(), reading);
            for (Map.Entry<Integer, Long> partition : reading.committed().entrySet()) {
                Long then = last == null ? null : last.committed().get(partition.getKey());
                if (last != null && then != null && partition.getValue() < then) {
                    return Verdict.invalid(
                            "the committed offset of partition %d went back from %d to %d"
                                    .formatted(partition.getKey(), then, partition.getValue()),
                            last,
                            reading);
                }
            }
            Verdict verdict = handled(history, reading);
            if (!(verdict instanceof Verdict.Valid)) {
                return verdict;
            }
        }
        return Verdict.valid();
    }

    /** The record before the committed offset has been attempted to its end by then. */
    private static Verdict handled(PartitionedHistory history, CommitReading reading) {
        List<RecordAttempt> ended = history.attempts().stream()
                .filter(it -> it.topic().equals(reading.topic()) && it.group().equals(reading.group()))
                .filter(it -> it.ended() <= reading.answered())
                .toList();
        for (Map.Entry<Integer, Long> partition : reading.committed().entrySet()) {
            long most = ended.stream()
                    .filter(it -> it.partition() == partition.getKey())
                    .mapToLong(it -> it.record().offset() + 1)
                    .max()
                    .orElse(Long.MIN_VALUE);
            boolean begun = most != Long.MIN_VALUE;
            if (begun && partition.getValue() > most) {
                return Verdict.invalid(
                        "group %s has committed up to %d in partition %d, where it had handled records up to %d only"
                                .formatted(reading.group(), partition.getValue(), partition.getKey(), most),
                        reading);
            }
        }
        return Verdict.valid();
    }
}
