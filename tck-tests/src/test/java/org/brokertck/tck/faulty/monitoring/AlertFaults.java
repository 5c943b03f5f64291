package org.brokertck.tck.faulty.monitoring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertMetric;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.AlertState;
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
                        "PendingAlertsOutlastTheirValue",
                        "O-5",
                        "no value to judge the active alerts are",
                        "Decides nothing of a pending alert while there is no value.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected void lapsed(AlertRule rule, String key, PlainAlert alert, double value) {
                                if (alert.fired || !Double.isNaN(value)) {
                                    super.lapsed(rule, key, alert, value);
                                }
                            }
                        }),
                MonitorFault.plain(
                        "PendingAlertsHideWithoutAValue",
                        "O-5",
                        "for less than the duration the active alerts are",
                        "Shows no pending alert while there is no value, and remembers when it began.",
                        it -> new PlainMonitor(it) {
                            private final Set<PlainAlert> hidden = new HashSet<>();

                            @Override
                            protected void lapsed(AlertRule rule, String key, PlainAlert alert, double value) {
                                if (!alert.fired && Double.isNaN(value)) {
                                    hidden.add(alert);
                                } else {
                                    super.lapsed(rule, key, alert, value);
                                }
                            }

                            @Override
                            protected boolean due(AlertRule rule, PlainAlert alert, long heldNanos) {
                                hidden.remove(alert);
                                return super.due(rule, alert, heldNanos);
                            }

                            @Override
                            public synchronized List<Alert> alerts() {
                                List<Alert> all = new ArrayList<>(super.alerts());
                                hidden.forEach(it -> all.remove(it.alert));
                                return all;
                            }
                        }),
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
                        "OneRuleForEachGauge",
                        "O-5",
                        "never held for its duration without a break|the active alerts are",
                        "Looks at the first rule of a gauge when that is recorded, and at the others when it evaluates.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected void recorded(AlertMetric gauge, PlainQueue queue) {
                                rules.stream()
                                        .filter(rule -> rule.metric().equals(gauge.word()))
                                        .findFirst()
                                        .ifPresent(rule -> look(rule, queue));
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
                        }));
    }
}
