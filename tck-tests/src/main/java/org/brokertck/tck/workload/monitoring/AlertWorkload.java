package org.brokertck.tck.workload.monitoring;

import java.util.List;

/**
 * Rules, and a schedule of recordings.
 *
 * @param rules one or more
 * @param readings in order
 */
public record AlertWorkload(List<PlannedRule> rules, List<PlannedReading> readings) {
    /** How often alerts are evaluated in these schedules. */
    public static final long INTERVAL_MILLIS = 100;

    /** Isolates the lists. */
    public AlertWorkload {
        rules = List.copyOf(rules);
        readings = List.copyOf(readings);
    }
}
