package org.brokertck.tck.check.monitoring;

import java.util.List;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertState;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.monitoring.ActiveSample;
import org.brokertck.tck.history.monitoring.AlertHistory;

/** What is said to be active is: pending until the duration is over, firing afterwards, one alert a rule and queue (rule O-5). */
public final class ActiveAlertsTrue implements Check<AlertHistory> {
    @Override
    public Verdict judge(AlertHistory history) {
        List<Span> spans = Span.of(history);
        for (ActiveSample sample : history.samples()) {
            for (Alert alert : sample.alerts()) {
                String problem = problem(history, spans, sample, alert);
                if (!problem.isEmpty()) {
                    return invalid(history, alert.rule().name(), alert.queue(), sample, problem);
                }
            }
            for (Span span : spans) {
                String problem = missing(history, span, sample);
                if (!problem.isEmpty()) {
                    return invalid(history, span.rule().name(), span.queue(), sample, problem);
                }
            }
        }
        return Verdict.valid();
    }

    private static String problem(AlertHistory history, List<Span> spans, ActiveSample sample, Alert alert) {
        long at = sample.atMillis();
        List<Span> near = spans.stream()
                .filter(it -> is(it, alert) && it.from() <= at)
                .filter(it -> it.isOpen() || at - it.to() < history.intervalMillis() || at == it.to())
                .toList();
        if (near.isEmpty()) {
            return "is said to be " + alert.state().word() + ", though its condition does not hold";
        }
        if (alert.state() == AlertState.RESOLVED) {
            return "is said to be active and resolved at once";
        }
        if (alert.state() == AlertState.FIRING && near.stream().noneMatch(it -> it.due() <= at)) {
            return "is said to fire, though its condition has not held for its duration yet";
        }
        return "";
    }

    private static String missing(AlertHistory history, Span span, ActiveSample sample) {
        long at = sample.atMillis();
        long seen = span.from() + history.intervalMillis();
        if (at < seen || at >= span.to()) {
            return "";
        }
        List<Alert> said = sample.alerts().stream().filter(it -> is(span, it)).toList();
        if (said.size() != 1) {
            return "is said to be active %d times, where its condition holds".formatted(said.size());
        }
        boolean mustFire = at >= span.due() + history.intervalMillis();
        return mustFire && said.get(0).state() != AlertState.FIRING
                ? "is said to be " + said.get(0).state().word() + ", though its duration is over"
                : "";
    }

    private static boolean is(Span span, Alert alert) {
        return span.rule().name().equals(alert.rule().name()) && span.queue().equals(alert.queue());
    }

    private static Verdict invalid(
            AlertHistory history, String rule, String queue, ActiveSample sample, String problem) {
        String key = rule + " for '" + queue + "'";
        return Verdict.invalid(
                "at %d ms alert %s %s".formatted(sample.atMillis(), key, problem),
                Episodes.witnesses(history, key, queue));
    }
}
