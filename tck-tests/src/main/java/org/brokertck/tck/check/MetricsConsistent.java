package org.brokertck.tck.check;

import java.util.function.ToLongFunction;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.MetricsSample;
import org.brokertck.tck.history.ProduceCall;
import org.brokertck.tck.history.QueueHistory;

/**
 * Rule Q-19: at any sample nothing is negative, what is settled or in flight was produced, no cumulative counter has
 * decreased, and none counts more than can have happened or less than must have. For histories without redrive or purge,
 * sampled by one thread.
 */
public final class MetricsConsistent implements Check<QueueHistory> {
    /** The times at which each counter may have gone up, counted once for all samples. */
    private record Happened(
            Times certainlyProduced,
            Times perhapsProduced,
            Times succeeded,
            Times failed,
            Times exhausted,
            int consumers) {
        static Happened in(QueueHistory history) {
            return new Happened(
                    Times.of(history.produces().stream().map(ProduceCall::certainFrom)),
                    Times.of(history.produces().stream()
                            .filter(ProduceCall::mayBeVisible)
                            .map(ProduceCall::invoked)),
                    Times.of(history.attempts().stream()
                            .filter(Attempt::succeeded)
                            .map(Attempt::ended)),
                    Times.of(history.attempts().stream().filter(Attempt::failed).map(Attempt::ended)),
                    Times.of(Exhausted.times(history).stream()),
                    history.consumers().size());
        }
    }

    @Override
    public Verdict judge(QueueHistory history) {
        Happened happened = Happened.in(history);
        MetricsSample before = null;
        for (MetricsSample sample : history.samples()) {
            String wrong = wrong(sample, happened);
            if (!wrong.isEmpty()) {
                return Verdict.invalid(wrong, sample);
            }
            if (before != null) {
                wrong = decreased(before.metrics(), sample.metrics());
                if (!wrong.isEmpty()) {
                    return Verdict.invalid(wrong, before, sample);
                }
            }
            before = sample;
        }
        return Verdict.valid();
    }

    private static String wrong(MetricsSample sample, Happened happened) {
        QueueMetrics m = sample.metrics();
        if (m.produced() < 0 || m.consumed() < 0 || m.failed() < 0 || m.inFlight() < 0 || m.deadLetters() < 0) {
            return "a counter is negative: " + m;
        }
        if (m.consumed() + m.deadLetters() + m.inFlight() > m.produced()) {
            return "consumed + deadLetters + inFlight is more than produced: " + m;
        }
        long now = sample.answered();
        String wrong = outside(
                        "produced",
                        m.produced(),
                        happened.certainlyProduced().before(sample.asked()),
                        happened.perhapsProduced().by(now))
                + outside("consumed", m.consumed(), 0, happened.succeeded().by(now))
                + outside("failed", m.failed(), 0, happened.failed().by(now))
                + outside(
                        "deadLetters", m.deadLetters(), 0, happened.exhausted().by(now))
                + outside("inFlight", m.inFlight(), 0, happened.consumers());
        return wrong.isEmpty() ? "" : wrong.substring(0, wrong.length() - 2);
    }

    private static String outside(String counter, long value, long least, long most) {
        return value >= least && value <= most
                ? ""
                : "%s is %d, where by then it was from %d to %d; ".formatted(counter, value, least, most);
    }

    private static String decreased(QueueMetrics before, QueueMetrics after) {
        String wrong = decreased("produced", QueueMetrics::produced, before, after)
                + decreased("consumed", QueueMetrics::consumed, before, after)
                + decreased("failed", QueueMetrics::failed, before, after);
        return wrong.isEmpty() ? "" : wrong.substring(0, wrong.length() - 2);
    }

    private static String decreased(
            String counter, ToLongFunction<QueueMetrics> value, QueueMetrics before, QueueMetrics after) {
        return value.applyAsLong(after) >= value.applyAsLong(before)
                ? ""
                : "%s went down from %d to %d; "
                        .formatted(counter, value.applyAsLong(before), value.applyAsLong(after));
    }
}
