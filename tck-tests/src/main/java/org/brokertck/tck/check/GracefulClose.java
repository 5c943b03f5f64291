package org.brokertck.tck.check;

import java.time.Duration;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.MetricsSample;
import org.brokertck.tck.history.QueueHistory;

/**
 * Rule Q-23: close waits for running handlers, their outcome counts, no handler starts after it, and it waits no longer than
 * the drain timeout. The last sample was taken after the close.
 */
public final class GracefulClose implements Check {
    private final Duration tolerance;

    /** @param tolerance how much longer than the drain timeout a close may take by the clock */
    public GracefulClose(Duration tolerance) {
        this.tolerance = tolerance;
    }

    @Override
    public Verdict judge(QueueHistory history) {
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
        if (history.samples().isEmpty()) {
            return Verdict.inconclusive("no metrics were read after the close");
        }
        MetricsSample last = history.samples().get(history.samples().size() - 1);
        long succeeded = history.attempts().stream()
                .filter(it -> it.succeeded() && it.ended() < history.closed())
                .count();
        long failed = history.attempts().stream()
                .filter(it -> it.failed() && it.ended() < history.closed())
                .count();
        return last.metrics().consumed() == succeeded && last.metrics().failed() == failed
                ? Verdict.valid()
                : Verdict.invalid(
                        "%d handlers succeeded and %d failed before close returned, but the metrics say %s"
                                .formatted(succeeded, failed, last.metrics()),
                        last);
    }
}
