package org.brokertck.tck.check;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.MetricsSample;
import org.brokertck.tck.history.QueueHistory;

/**
 * Rule Q-23: close waits for running handlers, their outcome counts, no handler starts after it, and it waits no longer than
 * the drain timeout. The last sample was taken after the close.
 */
public final class GracefulClose implements Check<QueueHistory> {
    private final Duration tolerance;

    /** @param tolerance how much longer than the drain timeout a close may take by the clock */
    public GracefulClose(Duration tolerance) {
        this.tolerance = tolerance;
    }

    @Override
    public Verdict judge(QueueHistory history) {
        if (history.closed() == Long.MAX_VALUE) {
            return Verdict.inconclusive("close was not called, or has not returned");
        }
        long took = history.closed() - history.closing();
        long drain = history.config().drainTimeout().toNanos();
        if (took > drain + tolerance.toNanos()) {
            return Verdict.invalid(
                    "close took %.1f ms with a drain timeout of %.1f ms".formatted(took / 1e6, drain / 1e6));
        }
        for (Attempt attempt : history.attempts()) {
            if (attempt.started() > history.closed()) {
                return Verdict.invalid(
                        "a handler started %.3f ms after close had returned"
                                .formatted((attempt.started() - history.closed()) / 1e6),
                        attempt);
            }
            if (attempt.ended() > history.closed() && took < drain) {
                return Verdict.invalid(
                        "close returned after %.1f ms, while a handler was running and %.1f ms of the drain timeout were left"
                                .formatted(took / 1e6, (drain - took) / 1e6),
                        attempt);
            }
        }
        return counted(history);
    }

    private static Verdict counted(QueueHistory history) {
        int samples = history.samples().size();
        if (samples == 0 || history.samples().get(samples - 1).asked() < history.closed()) {
            return Verdict.inconclusive("no metrics were read after the close");
        }
        MetricsSample last = history.samples().get(samples - 1);
        return wrong("consumed", last.metrics().consumed(), history, Attempt::succeeded)
                .or(() -> wrong("failed", last.metrics().failed(), history, Attempt::failed))
                .map(it -> Verdict.invalid(it, last))
                .orElseGet(Verdict::valid);
    }

    /** What ended after the drain timeout had run out, though before close returned, may count or not. */
    private static Optional<String> wrong(
            String counter, long counted, QueueHistory history, Predicate<Attempt> which) {
        long drained = history.closing() + history.config().drainTimeout().toNanos();
        long most = ended(history, which, it -> it.ended() <= history.closed());
        long least = ended(history, which, it -> it.ended() < Math.min(drained, history.closed()));
        return counted >= least && counted <= most
                ? Optional.empty()
                : Optional.of("%s is %d after the close, where it must be from %d to %d: as many handlers had ended so"
                        .formatted(counter, counted, least, most));
    }

    private static long ended(QueueHistory history, Predicate<Attempt> which, Predicate<Attempt> when) {
        return history.attempts().stream().filter(which.and(when)).count();
    }
}
