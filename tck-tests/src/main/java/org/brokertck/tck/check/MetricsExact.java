package org.brokertck.tck.check;

import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.MetricsSample;
import org.brokertck.tck.history.Outcome;
import org.brokertck.tck.history.QueueHistory;

/** Rule Q-18: the last sample, taken at quiescence, counts exactly what happened. For histories without redrive or purge. */
public final class MetricsExact implements Check<QueueHistory> {
    @Override
    public Verdict judge(QueueHistory history) {
        if (history.produces().stream().anyMatch(it -> it.mayBeVisible() && it.outcome() != Outcome.OK)) {
            return Verdict.inconclusive("the outcome of a produce is unknown, so its count is too");
        }
        if (!history.settled() || history.samples().isEmpty()) {
            return Verdict.inconclusive("the queue never came to rest, so there are no final figures");
        }
        MetricsSample last = history.samples().get(history.samples().size() - 1);
        QueueMetrics expected = expected(history);
        return last.metrics().equals(expected)
                ? Verdict.valid()
                : Verdict.invalid(
                        "at rest the metrics say %s where %s happened".formatted(last.metrics(), expected), last);
    }

    private static QueueMetrics expected(QueueHistory history) {
        long produced = history.produces().stream()
                .filter(it -> it.outcome() == Outcome.OK)
                .count();
        long consumed = history.attempts().stream().filter(Attempt::succeeded).count();
        long failed = history.attempts().stream().filter(Attempt::failed).count();
        return new QueueMetrics(
                produced, consumed, failed, 0, Exhausted.times(history).size());
    }
}
