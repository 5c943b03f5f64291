package org.brokertck.tck.check;

import java.util.List;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.QueueHistory;

/** Rule Q-29: over all messages, no more are handled again after a success than the faults can have caused. */
public final class DuplicatesBounded implements Check<QueueHistory> {
    private final int most;

    /** @param most how many handlers were running when the faults struck, in all */
    public DuplicatesBounded(int most) {
        this.most = most;
    }

    @Override
    public Verdict judge(QueueHistory history) {
        List<List<Attempt>> repeated = history.attemptsById().values().stream()
                .map(it -> it.stream().filter(Attempt::succeeded).toList())
                .filter(it -> it.size() > 1)
                .toList();
        int duplicates = repeated.stream().mapToInt(it -> it.size() - 1).sum();
        return duplicates <= most
                ? Verdict.valid()
                : Verdict.invalid(
                        "%d messages were handled again after a success, where faults struck %d running handlers"
                                .formatted(duplicates, most),
                        repeated.stream().flatMap(List::stream).toList());
    }
}
