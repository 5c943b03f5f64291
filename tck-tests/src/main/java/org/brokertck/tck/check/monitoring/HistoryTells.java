package org.brokertck.tck.check.monitoring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertMetric;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.monitoring.AlertHistory;
import org.brokertck.tck.history.monitoring.AlertMoment;
import org.brokertck.tck.history.monitoring.GaugeReading;

/** The history is in order, and each entry tells its value, since when it was active, and its rule's severity and description (rule O-9). */
public final class HistoryTells implements Check<AlertHistory> {
    @Override
    public Verdict judge(AlertHistory history) {
        long last = Long.MIN_VALUE;
        Episodes episodes = Episodes.of(history);
        for (AlertMoment entry : history.entries()) {
            String problem =
                    entry.atMillis() < last ? "comes after an entry of %d ms".formatted(last) : problem(history, entry);
            if (!problem.isEmpty()) {
                return invalid(history, entry, problem);
            }
            last = entry.atMillis();
        }
        for (Span span : episodes.spans()) {
            if (episodes.fired(span).isEmpty() && span.mustFire(history)) {
                return Verdict.invalid(
                        "the history holds no entry for alert %s, whose condition held from %d ms on for long enough"
                                .formatted(span.key(), span.from()),
                        Episodes.witnesses(history, span.key(), span.queue()));
            }
        }
        return sinces(history, episodes);
    }

    private static Verdict sinces(AlertHistory history, Episodes episodes) {
        for (Span span : episodes.spans()) {
            List<AlertMoment> entries = new ArrayList<>(episodes.fired(span));
            entries.addAll(episodes.resolved(span));
            for (AlertMoment entry : entries) {
                long since = entry.atMillis()
                        - Duration.between(
                                        entry.alert().activeSince(),
                                        entry.alert().timestamp())
                                .toMillis();
                if (since != span.from()) {
                    return invalid(
                            history,
                            entry,
                            "says that it was active since %d ms, where it was since %d ms"
                                    .formatted(since, span.from()));
                }
            }
        }
        return Verdict.valid();
    }

    private static String problem(AlertHistory history, AlertMoment entry) {
        Alert alert = entry.alert();
        List<AlertRule> rules =
                history.rules().stream().filter(it -> it.equals(alert.rule())).toList();
        if (rules.isEmpty()) {
            return "is of a rule that was not set up like that: " + alert.rule();
        }
        AlertRule rule = rules.get(0);
        if (alert.severity() != rule.severity()) {
            return "has severity %s, where its rule has %s".formatted(alert.severity(), rule.severity());
        }
        if (rule.description().isEmpty()
                ? alert.description().isBlank()
                : !alert.description().equals(rule.description())) {
            return "has the description '%s', where its rule has '%s'"
                    .formatted(alert.description(), rule.description());
        }
        List<Double> values = valuesAt(history, rule, alert.queue(), entry.atMillis());
        return values.contains(alert.value())
                ? ""
                : "has value %s, where %s was recorded".formatted(alert.value(), values);
    }

    /** The value in force, and those that were recorded at this very moment. */
    private static List<Double> valuesAt(AlertHistory history, AlertRule rule, String queue, long at) {
        AlertMetric metric = AlertMetric.of(rule.metric()).orElseThrow();
        List<Double> values = new ArrayList<>();
        for (GaugeReading reading : history.readings()) {
            if (reading.queue().equals(queue) && reading.metric() == metric && reading.atMillis() <= at) {
                if (reading.atMillis() < at) {
                    values.clear();
                }
                values.add((double) reading.value());
            }
        }
        return values;
    }

    private static Verdict invalid(AlertHistory history, AlertMoment entry, String problem) {
        return Verdict.invalid(
                "the entry of %d ms, %s %s, %s"
                        .formatted(
                                entry.atMillis(),
                                entry.key(),
                                entry.alert().state().word(),
                                problem),
                Episodes.witnesses(history, entry.key(), entry.alert().queue()));
    }
}
