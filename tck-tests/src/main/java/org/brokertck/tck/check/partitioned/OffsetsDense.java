package org.brokertck.tck.check.partitioned;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.brokertck.api.partitioned.Position;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.Outcome;
import org.brokertck.tck.history.partitioned.PartitionedHistory;
import org.brokertck.tck.history.partitioned.RecordProduce;

/**
 * Rule L-5, its first half: the positions that produce returned start at 0 in each partition, grow by one, and are in produce order
 * for every pair of which one was certainly produced before the other.
 */
public final class OffsetsDense implements Check<PartitionedHistory> {
    @Override
    public Verdict judge(PartitionedHistory history) {
        Map<String, List<RecordProduce>> partitions = new HashMap<>();
        for (RecordProduce produce : history.produces()) {
            if (produce.isAcknowledged()) {
                Position position = produce.position();
                if (position == null) {
                    return Verdict.invalid("produce of " + produce.id() + " returned no position", produce);
                }
                partitions
                        .computeIfAbsent(produce.topic() + "/" + position.partition(), it -> new ArrayList<>())
                        .add(produce);
            }
        }
        // A record of unknown outcome may hold an offset of its own.
        long unknown = history.produces().stream()
                .filter(it -> it.mayBeVisible() && it.outcome() != Outcome.OK)
                .count();
        for (Map.Entry<String, List<RecordProduce>> partition : partitions.entrySet()) {
            List<RecordProduce> log = new ArrayList<>(partition.getValue());
            log.sort(Comparator.comparingLong(OffsetsDense::offset));
            Verdict verdict = dense(partition.getKey(), log, unknown).and(() -> ordered(log));
            if (!(verdict instanceof Verdict.Valid)) {
                return verdict;
            }
        }
        return Verdict.valid();
    }

    private static Verdict dense(String partition, List<RecordProduce> log, long unknown) {
        long next = 0;
        long gaps = unknown;
        for (RecordProduce produce : log) {
            long offset = offset(produce);
            if (offset < next || offset > next + gaps) {
                return Verdict.invalid(
                        "in partition %s the offset %d follows where %d is due".formatted(partition, offset, next),
                        produce);
            }
            gaps -= offset - next;
            next = offset + 1;
        }
        return Verdict.valid();
    }

    /** By offset: whoever comes later must not have been produced entirely before one that came earlier. */
    private static Verdict ordered(List<RecordProduce> log) {
        RecordProduce latest = null;
        Map<String, RecordProduce> lanes = new HashMap<>();
        for (RecordProduce produce : log) {
            RecordProduce before = lanes.put(produce.lane(), produce);
            if (latest != null && produce.returned() < latest.invoked()) {
                return overtaken(produce, latest);
            }
            if (before != null && !produce.lane().isEmpty() && produce.turn() < before.turn()) {
                return overtaken(produce, before);
            }
            if (latest == null || produce.invoked() > latest.invoked()) {
                latest = produce;
            }
        }
        return Verdict.valid();
    }

    private static Verdict overtaken(RecordProduce produce, RecordProduce overtaker) {
        return Verdict.invalid(
                "%s has the offset %d and %s, which was produced later, has %d"
                        .formatted(produce.id(), offset(produce), overtaker.id(), offset(overtaker)),
                produce,
                overtaker);
    }

    private static long offset(RecordProduce produce) {
        return Objects.requireNonNull(produce.position()).offset();
    }
}
