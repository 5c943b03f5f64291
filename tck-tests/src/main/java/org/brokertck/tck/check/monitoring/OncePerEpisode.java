package org.brokertck.tck.check.monitoring;

import java.util.List;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.monitoring.AlertHistory;
import org.brokertck.tck.history.monitoring.AlertMoment;

/** An alert fires once per episode, is resolved once when the episode is over, and fires in the next one again (rule O-6). */
public final class OncePerEpisode implements Check<AlertHistory> {
    @Override
    public Verdict judge(AlertHistory history) {
        Episodes episodes = Episodes.of(history);
        for (Span span : episodes.spans()) {
            String problem = problem(history, episodes, span);
            if (!problem.isEmpty()) {
                return Verdict.invalid(
                        "alert %s %s".formatted(span.key(), problem),
                        Episodes.witnesses(history, span.key(), span.queue()));
            }
        }
        return Verdict.valid();
    }

    private static String problem(AlertHistory history, Episodes episodes, Span span) {
        List<AlertMoment> fired = episodes.fired(span);
        List<AlertMoment> resolved = episodes.resolved(span);
        if (fired.isEmpty() && span.mustFire(history)) {
            return "did not fire in the episode that began at %d ms".formatted(span.from());
        }
        if (fired.size() > 1) {
            return "fired %d times in the one episode that began at %d ms".formatted(fired.size(), span.from());
        }
        if (resolved.size() > fired.size()) {
            return "was resolved %d times in the episode that began at %d ms, where it fired %d times"
                    .formatted(resolved.size(), span.from(), fired.size());
        }
        if (!resolved.isEmpty() && resolved.get(0).atMillis() < span.to()) {
            return "was resolved at %d ms, while its condition still held"
                    .formatted(resolved.get(0).atMillis());
        }
        boolean ended = !span.isOpen() && history.endMillis() - span.to() >= history.intervalMillis();
        if (ended && !fired.isEmpty() && resolved.isEmpty()) {
            return "was not marked resolved, though its condition ended at %d ms".formatted(span.to());
        }
        if (!resolved.isEmpty() && resolved.get(0).atMillis() - span.to() > history.intervalMillis()) {
            return "was marked resolved %d ms after its condition had ended"
                    .formatted(resolved.get(0).atMillis() - span.to());
        }
        return "";
    }
}
