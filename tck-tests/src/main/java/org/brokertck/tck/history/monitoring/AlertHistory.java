package org.brokertck.tck.history.monitoring;

import java.util.List;
import java.util.Map;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertRule;

/**
 * A schedule of recordings on a manual clock, and what a monitor made of it. All times are milliseconds since the rules were set up.
 *
 * @param rules the rules; they watch gauges only
 * @param intervalMillis how often the monitor evaluates, which is how late it may be
 * @param endMillis the time at the end
 * @param readings what was recorded, in order
 * @param entries the monitor's history at the end, in its order
 * @param samples what it said to be active on the way
 * @param told what the callback of each rule was told, by the rule's name, in order
 */
public record AlertHistory(
        List<AlertRule> rules,
        long intervalMillis,
        long endMillis,
        List<GaugeReading> readings,
        List<AlertMoment> entries,
        List<ActiveSample> samples,
        Map<String, List<Alert>> told) {
    /** Isolates the collections. */
    public AlertHistory {
        rules = List.copyOf(rules);
        readings = List.copyOf(readings);
        entries = List.copyOf(entries);
        samples = List.copyOf(samples);
        told = Map.copyOf(told);
    }
}
