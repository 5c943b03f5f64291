package org.brokertck.tck.check;

import java.util.List;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.ProduceCall;
import org.brokertck.tck.history.QueueHistory;

/**
 * Rule Q-31: produce calls and first attempts form a linearizable FIFO queue. A take is the interval from the consumer being
 * free to the start of its handler. For histories without failures, in which no consumer left before the end.
 */
public final class LinearizableHandOff implements Check<QueueHistory> {
    @Override
    public Verdict judge(QueueHistory history) {
        List<Fifo.Put> puts = history.produces().stream()
                .filter(ProduceCall::mayBeVisible)
                .map(it -> new Fifo.Put(it.id(), it.invoked(), it.certainFrom()))
                .toList();
        List<Fifo.Take> takes =
                history.attempts().stream().map(LinearizableHandOff::take).toList();
        return Fifo.badPattern(puts, takes, List.of())
                .map(bad -> Verdict.invalid(
                        bad.finding(), Witnesses.of(history, bad.values().toArray(String[]::new))))
                .orElseGet(Verdict::valid);
    }

    private static Fifo.Take take(Attempt attempt) {
        return new Fifo.Take(attempt.id(), attempt.freeSince(), attempt.started());
    }
}
