package org.brokertck.tck.check.monitoring;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.brokertck.api.monitoring.AlertMetric;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.Condition;
import org.brokertck.tck.history.monitoring.AlertHistory;
import org.brokertck.tck.history.monitoring.GaugeReading;

/**
 * A time through which the condition of a rule held for a queue without a break: the model that alerts are held against.
 *
 * @param rule the rule
 * @param queue the queue
 * @param from when it began, in milliseconds since the rules were set up
 * @param to when it ended; {@link #OPEN} when it had not at the end of the schedule
 */
record Span(AlertRule rule, String queue, long from, long to) {
    static final long OPEN = Long.MAX_VALUE;

    /** All spans of a history, by rule, queue and time. */
    static List<Span> of(AlertHistory history) {
        Set<String> queues = new LinkedHashSet<>();
        history.readings().forEach(it -> queues.add(it.queue()));
        List<Span> spans = new ArrayList<>();
        for (AlertRule rule : history.rules()) {
            queues.forEach(queue -> add(spans, rule, queue, history.readings()));
        }
        return spans;
    }

    private static void add(List<Span> spans, AlertRule rule, String queue, List<GaugeReading> readings) {
        Condition condition = Condition.of(rule.condition());
        AlertMetric metric = AlertMetric.of(rule.metric()).orElseThrow();
        long from = -1;
        for (GaugeReading reading : readings) {
            if (reading.queue().equals(queue) && reading.metric() == metric) {
                boolean holds = condition.holds((double) reading.value(), rule.threshold());
                if (holds && from < 0) {
                    from = reading.atMillis();
                } else if (!holds && from >= 0) {
                    spans.add(new Span(rule, queue, from, reading.atMillis()));
                    from = -1;
                }
            }
        }
        if (from >= 0) {
            spans.add(new Span(rule, queue, from, OPEN));
        }
    }

    /** The earliest time at which it may fire. */
    long due() {
        return from + rule.duration().toMillis();
    }

    /** Whether it must have fired: it held to the latest time at which it may. */
    boolean mustFire(AlertHistory history) {
        return Math.min(to, history.endMillis()) >= due() + history.intervalMillis();
    }

    boolean isOpen() {
        return to == OPEN;
    }

    /** Rule and queue, as findings tell them. */
    String key() {
        return rule.name() + " for '" + queue + "'";
    }
}
