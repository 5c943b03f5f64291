package org.brokertck.tck.check;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.Outcome;
import org.brokertck.tck.history.ProduceCall;
import org.brokertck.tck.history.QueueHistory;

/** Rule Q-1: every message whose produce returned is handled successfully or parked among the dead letters. */
public final class NoLoss implements Check<QueueHistory> {
    @Override
    public Verdict judge(QueueHistory history) {
        Map<String, List<Attempt>> attempts = history.attemptsById();
        Set<String> parked =
                history.deadLetters().stream().map(it -> it.message().id()).collect(Collectors.toSet());
        List<ProduceCall> produced = history.produces().stream()
                .filter(it -> it.outcome() == Outcome.OK)
                .toList();
        List<ProduceCall> lost = produced.stream()
                .filter(it -> !parked.contains(it.id()))
                .filter(it -> attempts.getOrDefault(it.id(), List.of()).stream().noneMatch(Attempt::succeeded))
                .toList();
        if (lost.isEmpty()) {
            return Verdict.valid();
        }
        String first = lost.get(0).id();
        return Verdict.invalid(
                "%d of %d produced messages were never settled, though the consumers ran on; the first is %s, attempted %d times"
                        .formatted(
                                lost.size(),
                                produced.size(),
                                first,
                                attempts.getOrDefault(first, List.of()).size()),
                Witnesses.of(history, first));
    }
}
