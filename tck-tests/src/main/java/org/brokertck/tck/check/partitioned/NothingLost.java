package org.brokertck.tck.check.partitioned;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.Outcome;
import org.brokertck.tck.history.partitioned.GroupSpan;
import org.brokertck.tck.history.partitioned.PartitionedHistory;
import org.brokertck.tck.history.partitioned.RecordAttempt;
import org.brokertck.tck.history.partitioned.RecordProduce;

/** Rule L-7, its first half: every produce comes to an end, and every record that is due to a group is handled successfully by it, or set aside. */
public final class NothingLost implements Check<PartitionedHistory> {
    @Override
    public Verdict judge(PartitionedHistory history) {
        Verdict ended = history.produces().stream()
                .filter(it -> it.outcome() == Outcome.PENDING)
                .findFirst()
                .map(it -> Verdict.invalid("what became of " + it.id() + " was never told to its producer", it))
                .orElseGet(Verdict::valid);
        return history.groups().stream().map(it -> judge(history, it)).reduce(ended, (a, b) -> a.and(() -> b));
    }

    private static Verdict judge(PartitionedHistory history, GroupSpan group) {
        Map<String, List<RecordAttempt>> attempts = history.attemptsById(group);
        Set<String> aside = history.deadRecords().stream()
                .filter(it ->
                        it.group().equals(group.name()) && it.record().topic().equals(group.topic()))
                .map(it -> org.brokertck.tck.history.partitioned.RecordId.of(it.record()))
                .collect(Collectors.toSet());
        List<RecordProduce> due =
                history.produces().stream().filter(group::isDue).toList();
        List<RecordProduce> lost = due.stream()
                .filter(it -> !aside.contains(it.id()))
                .filter(it -> attempts.getOrDefault(it.id(), List.of()).stream().noneMatch(RecordAttempt::succeeded))
                .toList();
        if (lost.isEmpty()) {
            return Verdict.valid();
        }
        String first = lost.get(0).id();
        int tried = attempts.getOrDefault(first, List.of()).size();
        return Verdict.invalid(
                "%d of %d records were never settled by group %s, though its members ran on; the first is %s, attempted %d times"
                        .formatted(lost.size(), due.size(), group.name(), first, tried),
                Evidence.of(history, group, first));
    }
}
