package org.brokertck.tck.faulty.monitoring;

import java.util.List;
import org.brokertck.api.monitoring.AlertMetric;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.Condition;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.monitoring.plain.PlainMonitor;
import org.brokertck.tck.faulty.monitoring.plain.PlainQueue;

/** Faults of the conditions of alerts. */
final class ConditionFaults {
    private ConditionFaults() {}

    static List<Fault> all() {
        return List.of(
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
}
