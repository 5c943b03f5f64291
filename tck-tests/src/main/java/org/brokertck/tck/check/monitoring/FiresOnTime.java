package org.brokertck.tck.check.monitoring;

import java.util.List;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.monitoring.AlertHistory;
import org.brokertck.tck.history.monitoring.AlertMoment;

/** An alert fires when its condition has held for its whole duration, not before, and not if it lapsed (rule O-5). */
public final class FiresOnTime implements Check<AlertHistory> {
    @Override
    public Verdict judge(AlertHistory history) {
        Episodes episodes = Episodes.of(history);
        for (AlertMoment stray : episodes.strays()) {
            return invalid(history, stray.key(), stray.alert().queue(), "though its condition had never held", stray);
        }
        for (Span span : episodes.spans()) {
            List<AlertMoment> fired = episodes.fired(span);
            for (AlertMoment entry : fired) {
                Verdict verdict = judge(history, span, entry);
                if (!(verdict instanceof Verdict.Valid)) {
                    return verdict;
                }
            }
            if (fired.isEmpty() && span.mustFire(history)) {
                return Verdict.invalid(
                        "alert %s did not fire, though its condition held from %d ms on for more than its %d ms"
                                .formatted(
                                        span.key(),
                                        span.from(),
                                        span.rule().duration().toMillis()),
                        Episodes.witnesses(history, span.key(), span.queue()));
            }
        }
        return Verdict.valid();
    }

    private static Verdict judge(AlertHistory history, Span span, AlertMoment entry) {
        long at = entry.atMillis();
        if (at > span.to()) {
            return invalid(history, span.key(), span.queue(), "though its condition had lapsed by then", entry);
        }
        if (at < span.due()) {
            String early = "where its condition had held for %d of %d ms only"
                    .formatted(at - span.from(), span.due() - span.from());
            return invalid(history, span.key(), span.queue(), early, entry);
        }
        if (at > span.due() + history.intervalMillis()) {
            String late = "which is %d ms late, where %d ms are the evaluation interval"
                    .formatted(at - span.due(), history.intervalMillis());
            return invalid(history, span.key(), span.queue(), late, entry);
        }
        return Verdict.valid();
    }

    private static Verdict invalid(AlertHistory history, String key, String queue, String problem, AlertMoment entry) {
        return Verdict.invalid(
                "alert %s fired at %d ms, %s".formatted(key, entry.atMillis(), problem),
                Episodes.witnesses(history, key, queue));
    }
}
