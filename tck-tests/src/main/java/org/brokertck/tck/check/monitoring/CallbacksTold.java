package org.brokertck.tck.check.monitoring;

import java.util.List;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.monitoring.AlertHistory;
import org.brokertck.tck.history.monitoring.AlertMoment;

/** The callback of each rule hears of every entry of the history once, in order (rule O-6). */
public final class CallbacksTold implements Check<AlertHistory> {
    @Override
    public Verdict judge(AlertHistory history) {
        for (AlertRule rule : history.rules()) {
            List<String> due = history.entries().stream()
                    .map(AlertMoment::alert)
                    .filter(it -> it.rule().name().equals(rule.name()))
                    .map(CallbacksTold::inWords)
                    .toList();
            List<String> told = history.told().getOrDefault(rule.name(), List.of()).stream()
                    .map(CallbacksTold::inWords)
                    .toList();
            if (!told.equals(due)) {
                return Verdict.invalid(
                        "the callback of %s was told %s, where the history says %s".formatted(rule.name(), told, due),
                        history.entries().stream()
                                .filter(it -> it.alert().rule().name().equals(rule.name()))
                                .toList());
            }
        }
        return Verdict.valid();
    }

    private static String inWords(Alert alert) {
        return "%s for '%s' at %s".formatted(alert.state().word(), alert.queue(), alert.timestamp());
    }
}
