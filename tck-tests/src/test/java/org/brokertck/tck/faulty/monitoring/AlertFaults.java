package org.brokertck.tck.faulty.monitoring;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertMetric;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.AlertState;
import org.brokertck.api.monitoring.Condition;
import org.brokertck.api.monitoring.MetricNames;
import org.brokertck.api.monitoring.Severity;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.monitoring.plain.PlainAlert;
import org.brokertck.tck.faulty.monitoring.plain.PlainMonitor;
import org.brokertck.tck.faulty.monitoring.plain.PlainQueue;

/** Faults in when alerts fire, and in what is told of them. */
final class AlertFaults {
    private AlertFaults() {}

    static List<Fault> all() {
        return List.of(
                MonitorFault.plain(
                        "FiresAnIntervalEarly",
                        "O-5",
                        "fired .* where|the active alerts are|the history tells",
                        "Counts the evaluation that begins the alert as an interval that has passed.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected boolean due(AlertRule rule, PlainAlert alert, long heldNanos) {
                                return super.due(
                                        rule,
                                        alert,
                                        heldNanos
                                                + config().evaluationInterval().toNanos());
                            }
                        }),
                MonitorFault.plain(
                        "AlertsByTheirLastChange",
                        "O-6",
                        "began to hold in this order",
                        "Lists active alerts by the time of their state.",
                        it -> new PlainMonitor(it) {
                            @Override
                            public synchronized List<Alert> alerts() {
                                return super.alerts().stream()
                                        .sorted(Comparator.comparing(Alert::timestamp))
                                        .toList();
                            }
                        }),
                MonitorFault.plain(
                        "FiresAMillisecondEarly",
                        "O-5",
                        "had held for \\d+ of|the active alerts are|is said to fire|where a second is due",
                        "Fires when the duration is over but for a millisecond.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected void look(AlertRule rule, PlainQueue queue) {
                                super.look(rule, queue);
                                Duration early = rule.duration().minusMillis(1);
                                if (!early.isNegative() && active.containsKey(key(rule, queue.name()))) {
                                    time().schedule(
                                                    early,
                                                    () -> locked(() -> {
                                                        PlainAlert alert = active.get(key(rule, queue.name()));
                                                        if (alert != null
                                                                && !alert.fired
                                                                && time().nanoTime() - alert.sinceNanos
                                                                        >= early.toNanos()) {
                                                            fire(rule, alert, value(AlertMetric.QUEUE_DEPTH, queue));
                                                        }
                                                        return true;
                                                    }));
                                }
                            }
                        }),
                MonitorFault.plain(
                        "ALapseIsForgiven",
                        "O-5",
                        "fired|the active alerts are|active alerts|is said to",
                        "Looks at gauges only when it evaluates.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected void recorded(AlertMetric gauge, PlainQueue queue) {
                                // The next evaluation will see it.
                            }
                        }),
                MonitorFault.plain(
                        "ALapseDoesNotReset",
                        "O-5",
                        "fired|the active alerts are",
                        "Adds up the time for which the condition held.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected void lapsed(AlertRule rule, String key, PlainAlert alert, double value) {
                                if (alert.fired) {
                                    super.lapsed(rule, key, alert, value);
                                }
                            }
                        }),
                MonitorFault.plain(
                        "EveryRecordingBeginsAnew",
                        "O-5",
                        "did not fire|the active alerts are|ms late|is said to be",
                        "Takes the time of the last recording for the beginning.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected void recorded(AlertMetric gauge, PlainQueue queue) {
                                active.values().stream()
                                        .filter(alert -> alert.alert.queue().equals(queue.name()) && !alert.fired)
                                        .forEach(alert -> alert.sinceNanos = time().nanoTime());
                                super.recorded(gauge, queue);
                            }
                        }),
                MonitorFault.plain(
                        "OneAlertForAllQueues",
                        "O-5",
                        "the alerts that fire are|fired|is said|did not fire",
                        "Keeps one state for each rule.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected String key(AlertRule rule, String queue) {
                                return rule.name();
                            }
                        }),
                MonitorFault.plain(
                        "NeverEvaluatesByItself",
                        "O-5",
                        "the active alerts are|did not fire|which is \\d+ ms late|the alerts that fire",
                        "Looks at rules only when something is recorded.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected synchronized void evaluate() {
                                // Recordings do.
                            }
                        }),
                MonitorFault.plain(
                        "FiresAtEveryEvaluation",
                        "O-6",
                        "fired \\d+ times|tells of the states|was told",
                        "Forgets that an alert has fired.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected boolean due(AlertRule rule, PlainAlert alert, long heldNanos) {
                                return heldNanos >= rule.duration().toNanos();
                            }
                        }),
                MonitorFault.plain(
                        "CallbackAtEveryRecording",
                        "O-6",
                        "was called \\d+ times|was told|the callback tells",
                        "Tells the callback again with every recording while the alert fires.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected void recorded(AlertMetric gauge, PlainQueue queue) {
                                super.recorded(gauge, queue);
                                active.values().stream()
                                        .filter(alert -> alert.fired
                                                && alert.alert.queue().equals(queue.name())
                                                && !alert.alert.timestamp().equals(time().now()))
                                        .forEach(alert -> tell(alert.alert));
                            }
                        }),
                MonitorFault.plain(
                        "NeverResolved",
                        "O-6",
                        "was not marked resolved|tells of the states",
                        "Drops an alert whose condition has ended.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected void lapsed(AlertRule rule, String key, PlainAlert alert, double value) {
                                active.remove(key);
                            }
                        }),
                MonitorFault.plain(
                        "CannotFireAgain",
                        "O-6",
                        "did not fire in the episode|tells of the states",
                        "Remembers for ever that a rule has fired for a queue.",
                        it -> new PlainMonitor(it) {
                            private final Set<String> spent = new HashSet<>();

                            @Override
                            protected void lapsed(AlertRule rule, String key, PlainAlert alert, double value) {
                                boolean fired = alert.fired;
                                super.lapsed(rule, key, alert, value);
                                if (fired) {
                                    spent.add(key);
                                }
                            }

                            @Override
                            protected boolean due(AlertRule rule, PlainAlert alert, long heldNanos) {
                                return super.due(rule, alert, heldNanos)
                                        && !spent.contains(key(rule, alert.alert.queue()));
                            }
                        }),
                MonitorFault.plain(
                        "ResolvedIsNotTold",
                        "O-6",
                        "was told|last call of the callback|the callback tells",
                        "Tells callbacks of alerts that fire only.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected void tell(Alert alert) {
                                if (alert.state() == AlertState.FIRING) {
                                    super.tell(alert);
                                }
                            }
                        }),
                MonitorFault.plain(
                        "AlertsOfRulesThatGoAreNotTold",
                        "O-6",
                        "replaced its rule, which resolved it; its callback was told \\[FIRING\\], and the history tells \\[FIRING, RESOLVED\\]",
                        "Takes a callback for gone with its rule.",
                        it -> new PlainMonitor(it) {
                            private boolean replacing;

                            @Override
                            protected void replace(List<AlertRule> valid) {
                                replacing = true;
                                super.replace(valid);
                                replacing = false;
                            }

                            @Override
                            protected void tell(Alert alert) {
                                if (!replacing) {
                                    super.tell(alert);
                                }
                            }
                        }),
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
                condition(
                        "AtLeastForGreater",
                        "Takes > for >=.",
                        (rule, value) -> rule.condition().equals(">") && value == rule.threshold()),
                condition(
                        "EqualWithATolerance",
                        "Compares == with a tolerance.",
                        (rule, value) -> rule.condition().equals("==") && Math.abs(value - rule.threshold()) < 1e-9),
                condition(
                        "NaNIsNotEqual",
                        "Takes NaN for something else than the threshold.",
                        (rule, value) -> rule.condition().equals("!=") && Double.isNaN(value)),
                condition(
                        "UnknownIsZero",
                        "Takes a value that is not there for 0.",
                        (rule, value) -> Double.isNaN(value)
                                && Condition.of(rule.condition()).holds(0, rule.threshold())),
                MonitorFault.plain(
                        "ThresholdsAreWholeNumbers",
                        "O-7",
                        "fires?, where the value is",
                        "Rounds thresholds.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected boolean holds(AlertRule rule, double value) {
                                return Condition.of(rule.condition()).holds(value, Math.rint(rule.threshold()));
                            }
                        }),
                MonitorFault.plain(
                        "LatencyInMilliseconds",
                        "O-7",
                        "avg_latency .* fires?, where|avg_latency",
                        "Compares latencies in milliseconds.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected double value(AlertMetric metric, PlainQueue queue) {
                                return super.value(metric, queue) * (metric == AlertMetric.AVG_LATENCY ? 1000 : 1);
                            }
                        }),
                MonitorFault.plain(
                        "LatencyCutToMilliseconds",
                        "O-7",
                        "avg_latency .* fires?, where",
                        "Takes the mean latency in whole milliseconds, in seconds.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected double value(AlertMetric metric, PlainQueue queue) {
                                double value = super.value(metric, queue);
                                return metric == AlertMetric.AVG_LATENCY ? Math.floor(value * 1000) / 1000 : value;
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

    /** When a condition holds that should not. */
    private interface Wrongly {
        boolean holds(AlertRule rule, double value);
    }

    private static Fault condition(String name, String description, Wrongly wrongly) {
        String finding = "fires?, where the value is|alerts are active where there is no value|there is no value";
        return MonitorFault.plain(name, "O-7", finding, description, it -> new PlainMonitor(it) {
            @Override
            protected boolean holds(AlertRule rule, double value) {
                return wrongly.holds(rule, value) || super.holds(rule, value);
            }
        });
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
