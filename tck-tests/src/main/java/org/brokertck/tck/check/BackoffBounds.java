package org.brokertck.tck.check;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import org.brokertck.api.queue.Backoff;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.QueueHistory;

/** Rules: how soon and how late the next attempt starts after one failed, by the wall clock. */
public final class BackoffBounds implements Check<QueueHistory> {
    /** What a clock that counts milliseconds may cut off. */
    private static final long GRANULARITY_NANOS = Duration.ofMillis(1).toNanos();

    private final BiFunction<Backoff, Integer, Long> earliest;
    private final BiFunction<Backoff, Integer, Long> latest;

    private BackoffBounds(BiFunction<Backoff, Integer, Long> earliest, BiFunction<Backoff, Integer, Long> latest) {
        this.earliest = earliest;
        this.latest = latest;
    }

    /** Rule Q-10: no sooner than the delay less its jitter. */
    public static Check<QueueHistory> notTooSoon() {
        return new BackoffBounds(
                (backoff, k) -> shortest(backoff, k) - GRANULARITY_NANOS, (backoff, k) -> Long.MAX_VALUE);
    }

    /** Rule Q-11: no later than the delay plus the tolerance; for histories in which a consumer was free. */
    public static Check<QueueHistory> notTooLate(Duration tolerance) {
        return new BackoffBounds(
                (backoff, k) -> Long.MIN_VALUE, (backoff, k) -> Delays.nominal(backoff, k) + tolerance.toNanos());
    }

    @Override
    public Verdict judge(QueueHistory history) {
        Backoff backoff = history.config().backoff();
        for (List<Attempt> attempts : history.attemptsById().values()) {
            for (int k = 0; k + 1 < attempts.size(); k++) {
                Attempt failed = attempts.get(k);
                Attempt next = attempts.get(k + 1);
                long waited = next.started() - failed.ended();
                if (failed.failed() && waited < earliest.apply(backoff, k)) {
                    return finding(failed, next, k, waited, "no sooner than", earliest.apply(backoff, k));
                }
                if (failed.failed() && waited > latest.apply(backoff, k)) {
                    return finding(failed, next, k, waited, "no later than", latest.apply(backoff, k));
                }
            }
        }
        return Verdict.valid();
    }

    private static long shortest(Backoff backoff, int attempt) {
        return (long) (Delays.nominal(backoff, attempt) * (1 - backoff.jitter()));
    }

    private static Verdict finding(Attempt failed, Attempt next, int k, long waited, String bound, long due) {
        return Verdict.invalid(
                "attempt %d at %s started %.3f ms after attempt %d failed: it was due %s %.3f ms"
                        .formatted(k + 1, failed.id(), waited / 1e6, k, bound, due / 1e6),
                failed,
                next);
    }
}
