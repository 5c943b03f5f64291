package org.brokertck.tck.faulty.monitoring;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.AlertState;
import org.brokertck.api.monitoring.MetricNames;
import org.brokertck.api.monitoring.Severity;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.monitoring.plain.PlainAlert;
import org.brokertck.tck.faulty.monitoring.plain.PlainMonitor;
import org.brokertck.tck.faulty.monitoring.plain.PlainQueue;

/** Faults of the history of alerts. */
final class HistoryFaults {
    private HistoryFaults() {}

    static List<Fault> all() {
        return List.of(
                MonitorFault.plain(
                        "CountsWhatItRemembers",
                        "O-4",
                        "are due and the history has room for",
                        "Counts the alerts that fired in its history.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected String text(Collection<PlainQueue> all, Map<String, Double> own) {
                                Map<String, Double> counted = new HashMap<>(own);
                                counted.put(MetricNames.ALERTS_FIRED, (double) history.stream()
                                        .filter(entry -> entry.state() == AlertState.FIRING)
                                        .count());
                                return super.text(all, counted);
                            }
                        }),
                history(
                        "HistoryGrowsForEver",
                        "a history with room for",
                        "Keeps every entry.",
                        (entries, alert, capacity) -> entries.add(alert)),
                history(
                        "HistoryDropsTheNewest",
                        "a history with room for",
                        "Is full some day.",
                        (entries, alert, capacity) -> {
                            if (entries.size() < capacity) {
                                entries.add(alert);
                            }
                        }),
                history(
                        "HistoryIsUpsideDown",
                        "comes after an entry|a history with room for|an entry of the history is",
                        "Puts the newest first.",
                        (entries, alert, capacity) -> {
                            entries.add(0, alert);
                            if (entries.size() > capacity) {
                                entries.remove(entries.size() - 1);
                            }
                        }),
                history(
                        "SeverityIsAlwaysAWarning",
                        "has severity|an entry of the history is",
                        "Leaves out what the rule says of severity.",
                        (entries, alert, capacity) -> {
                            entries.add(new Alert(
                                    alert.rule(),
                                    alert.queue(),
                                    alert.state(),
                                    alert.value(),
                                    alert.activeSince(),
                                    alert.timestamp(),
                                    Severity.WARNING,
                                    alert.description()));
                            if (entries.size() > capacity) {
                                entries.remove(0);
                            }
                        }),
                MonitorFault.plain(
                        "ValueAtTheBeginning",
                        "O-9",
                        "has value|an entry of the history is",
                        "Tells the value with which the condition began to hold.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected void fire(AlertRule rule, PlainAlert alert, double value) {
                                super.fire(rule, alert, alert.alert.value());
                            }
                        }),
                MonitorFault.plain(
                        "ActiveSinceItFired",
                        "O-9",
                        "says that it was active since",
                        "Takes the time at which it fires for that since which it is active.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected void fire(AlertRule rule, PlainAlert alert, double value) {
                                alert.since = time().now();
                                super.fire(rule, alert, value);
                            }
                        }));
    }

    /** How an entry is written. */
    private interface Entering {
        void enter(List<Alert> entries, Alert alert, int capacity);
    }

    private static Fault history(String name, String finding, String description, Entering entering) {
        return MonitorFault.plain(name, "O-9", finding, description, it -> new PlainMonitor(it) {
            @Override
            protected void enter(Alert alert) {
                entering.enter(history, alert, config().historyCapacity());
            }
        });
    }
}
