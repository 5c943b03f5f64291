package org.brokertck.tck.check;

import java.util.function.ToLongFunction;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.MetricsSample;
import org.brokertck.tck.history.Outcome;
import org.brokertck.tck.history.QueueHistory;

/**
 * Rule Q-19: at any sample nothing is negative, what is settled or in flight was produced, no cumulative counter has
 * decreased, and none counts more than can have happened or less than must have. For histories without redrive or purge,
 * sampled by one thread.
 */
public final class MetricsConsistent implements Check {
    @Override
    public Verdict judge(QueueHistory history) {
        MetricsSample before = null;
        for (MetricsSample sample : history.samples()) {
            String wrong = wrong(sample, history);
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

    private static String wrong(MetricsSample sample, QueueHistory history) {
        QueueMetrics m = sample.metrics();
        if (m.produced() < 0 || m.consumed() < 0 || m.failed() < 0 || m.inFlight() < 0 || m.deadLetters() < 0) {
            return "a counter is negative: " + m;
        }
        if (m.consumed() + m.deadLetters() + m.inFlight() > m.produced()) {
            return "consumed + deadLetters + inFlight is more than produced: " + m;
        }
        long now = sample.answered();
        return outside(
                        "produced",
                        m.produced(),
                        certainlyProduced(history, sample.asked()),
                        perhapsProduced(history, now))
                + outside("consumed", m.consumed(), 0, ended(history, now, Attempt::succeeded))
                + outside("failed", m.failed(), 0, ended(history, now, Attempt::failed))
                + outside("deadLetters", m.deadLetters(), 0, Exhausted.by(history, now))
                + outside("inFlight", m.inFlight(), 0, history.consumers().size());
    }

    private static String outside(String counter, long value, long least, long most) {
        return value >= least && value <= most
                ? ""
                : "%s is %d, where by then it was from %d to %d; ".formatted(counter, value, least, most);
    }

    private static long certainlyProduced(QueueHistory history, long time) {
        return history.produces().stream().filter(it -> it.certainFrom() < time).count();
    }

    private static long perhapsProduced(QueueHistory history, long time) {
        return history.produces().stream()
                .filter(it -> it.invoked() <= time && it.outcome() != Outcome.REFUSED)
                .count();
    }

    private static long ended(QueueHistory history, long time, java.util.function.Predicate<Attempt> which) {
        return history.attempts().stream()
                .filter(which)
                .filter(it -> it.ended() <= time)
                .count();
    }

    private static String decreased(QueueMetrics before, QueueMetrics after) {
        return decreased("produced", QueueMetrics::produced, before, after)
                + decreased("consumed", QueueMetrics::consumed, before, after)
                + decreased("failed", QueueMetrics::failed, before, after);
    }

    private static String decreased(
            String counter, ToLongFunction<QueueMetrics> value, QueueMetrics before, QueueMetrics after) {
        return value.applyAsLong(after) >= value.applyAsLong(before)
                ? ""
                : "%s went down from %d to %d; "
                        .formatted(counter, value.applyAsLong(before), value.applyAsLong(after));
    }
}
