package org.brokertck.tck.faulty.monitoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.brokertck.api.monitoring.AlertMetric;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.AlertRules;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.monitoring.plain.PlainMonitor;

/** Faults in how sets of rules are taken. */
final class RuleSetFaults {
    private RuleSetFaults() {}

    static List<Fault> all() {
        return List.of(
                MonitorFault.plain(
                        "ValidOnesAreTakenBeforeAnInvalidOne",
                        "O-10",
                        "was refused the active alerts are",
                        "Puts rules in force one by one until one is invalid.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected List<AlertRule> valid(List<AlertRule> newRules) {
                                for (AlertRule rule : newRules) {
                                    AlertRules.requireValid(List.of(rule));
                                    List<AlertRule> more = new ArrayList<>(rules);
                                    more.add(rule);
                                    rules = List.copyOf(more);
                                }
                                return super.valid(newRules);
                            }
                        }),
                MonitorFault.plain(
                        "FormerSetIsClearedFirst",
                        "O-10",
                        "was refused the active alerts are",
                        "Makes room for the new rules before it looks at them.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected List<AlertRule> valid(List<AlertRule> newRules) {
                                replace(List.of());
                                return super.valid(newRules);
                            }
                        }),
                taking(
                        "InvalidOnesAreSkipped",
                        "was accepted where IllegalArgumentException",
                        "Takes the valid rules of a set and leaves the others out.",
                        newRules ->
                                newRules.stream().filter(RuleSetFaults::isValid).toList()),
                taking(
                        "UnknownMetricIsTaken",
                        "was accepted where IllegalArgumentException|setupAlerts .* threw",
                        "Watches an unknown metric, which never has a value.",
                        newRules -> AlertRules.requireValid(newRules.stream()
                                .map(it -> AlertMetric.of(it.metric()).isPresent()
                                        ? it
                                        : copy(it, it.name(), AlertMetric.QUEUE_DEPTH.word()))
                                .toList())),
                taking(
                        "MetricsIgnoreCase",
                        "METRIC_IN_CAPITALS.* was accepted",
                        "Takes metrics in capitals.",
                        newRules -> AlertRules.requireValid(newRules.stream()
                                .map(it -> copy(it, it.name(), it.metric().toLowerCase(Locale.ROOT)))
                                .toList())),
                taking(
                        "DuplicateNamesAreTaken",
                        "DUPLICATE_NAME.* was accepted",
                        "Looks at each rule by itself only.",
                        newRules -> {
                            newRules.forEach(it -> AlertRules.requireValid(List.of(it)));
                            return List.copyOf(newRules);
                        }),
                taking(
                        "BlankNamesAreTaken",
                        "BLANK_NAME.* was accepted",
                        "Takes any name that is not empty.",
                        newRules -> {
                            AlertRules.requireValid(newRules.stream()
                                    .map(it -> it.name().isBlank() ? copy(it, "blank", it.metric()) : it)
                                    .toList());
                            return List.copyOf(newRules);
                        }),
                MonitorFault.plain(
                        "EqualRulesBeginAnew",
                        "O-10",
                        "after a set was replaced the active alerts are|are resolved when their rules went",
                        "Begins anew with every rule of a new set.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected void replace(List<AlertRule> valid) {
                                super.replace(List.of());
                                super.replace(valid);
                            }
                        }),
                MonitorFault.plain(
                        "DescriptionsTellNothingApart",
                        "O-10",
                        "differs in its description",
                        "Lets a rule go on in whose place comes one that says the same in other words.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected void replace(List<AlertRule> valid) {
                                super.replace(valid.stream()
                                        .map(rule -> rules.stream()
                                                .filter(before -> sameButForWords(before, rule))
                                                .findFirst()
                                                .orElse(rule))
                                        .toList());
                            }

                            private boolean sameButForWords(AlertRule one, AlertRule other) {
                                return one.name().equals(other.name())
                                        && one.metric().equals(other.metric())
                                        && one.condition().equals(other.condition())
                                        && one.threshold() == other.threshold()
                                        && one.duration().equals(other.duration())
                                        && one.severity() == other.severity()
                                        && Objects.equals(one.callback(), other.callback());
                            }
                        }),
                MonitorFault.plain(
                        "AlertsOutliveTheirRule",
                        "O-10",
                        "after a set was replaced|after the empty set|are resolved when their rules went",
                        "Keeps alerts of rules that are gone.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected void replace(List<AlertRule> valid) {
                                rules = valid;
                            }
                        }),
                MonitorFault.plain(
                        "RefusalSaysNothing",
                        "O-10",
                        "does not say what is wrong",
                        "Refuses without a reason.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected List<AlertRule> valid(List<AlertRule> newRules) {
                                try {
                                    return super.valid(newRules);
                                } catch (IllegalArgumentException e) {
                                    throw new IllegalArgumentException("invalid", e);
                                }
                            }
                        }));
    }

    private static boolean isValid(AlertRule rule) {
        try {
            return !AlertRules.requireValid(List.of(rule)).isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static AlertRule copy(AlertRule rule, String name, String metric) {
        return new AlertRule(
                name,
                metric,
                rule.condition(),
                rule.threshold(),
                rule.duration(),
                rule.severity(),
                rule.description(),
                rule.callback());
    }

    private static Fault taking(
            String name, String finding, String description, UnaryOperator<List<AlertRule>> taking) {
        return MonitorFault.plain(name, "O-10", finding, description, it -> new PlainMonitor(it) {
            @Override
            protected List<AlertRule> valid(List<AlertRule> newRules) {
                return taking.apply(newRules);
            }
        });
    }
}
