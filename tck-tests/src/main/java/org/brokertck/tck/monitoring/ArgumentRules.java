package org.brokertck.tck.monitoring;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.monitoring.Outcome;
import org.brokertck.api.monitoring.QueueMonitor;
import org.brokertck.api.monitoring.QueueTotals;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Invalid arguments are refused at once and change nothing. */
public interface ArgumentRules extends MonitorRules {
    /** The calls with an invalid argument, each with the name by which the refusal must call it. */
    enum InvalidCall {
        /** A null queue. */
        PRODUCED_NULL("queue"),
        /** A blank queue. */
        PRODUCED_BLANK("queue"),
        /** A negative size. */
        NEGATIVE_SIZE("size"),
        /** Many, but none. */
        NO_MESSAGES("messages"),
        /** Messages of less than nothing. */
        NEGATIVE_BYTES("bytes"),
        /** A null queue. */
        CONSUMED_NULL("queue"),
        /** A null duration. */
        NULL_DURATION("duration"),
        /** A negative duration. */
        NEGATIVE_DURATION("duration"),
        /** A duration beyond all reason. */
        ENDLESS_DURATION("duration"),
        /** A null outcome. */
        NULL_OUTCOME("outcome"),
        /** Many attempts, but none. */
        NO_ATTEMPTS("attempts"),
        /** Many attempts, each of which ended before it began. */
        ATTEMPTS_OF_NEGATIVE_DURATION("duration"),
        /** Many attempts without an outcome. */
        ATTEMPTS_OF_NULL_OUTCOME("outcome"),
        /** A null queue. */
        DEPTH_NULL("queue"),
        /** A negative depth. */
        NEGATIVE_DEPTH("depth"),
        /** A null queue. */
        IN_FLIGHT_NULL("queue"),
        /** A negative number. */
        NEGATIVE_IN_FLIGHT("inflight"),
        /** A null queue. */
        RETRIED_NULL("queue"),
        /** An empty queue. */
        RETRIED_EMPTY("queue"),
        /** A null queue. */
        DEAD_LETTERED_NULL("queue"),
        /** The name that stands for all others. */
        DEAD_LETTERED_OTHERS("queue"),
        /** A name that is too long. */
        DEPTH_OF_LONG_NAME("queue"),
        /** A null list. */
        NULL_RULES("rules");

        private final String name;

        InvalidCall(String name) {
            this.name = name;
        }

        @SuppressWarnings("NullAway") // null where it is not allowed is the point
        private void make(QueueMonitor monitor) {
            Duration milli = Duration.ofMillis(1);
            switch (this) {
                case PRODUCED_NULL -> monitor.recordProduced(null, 1);
                case PRODUCED_BLANK -> monitor.recordProduced(" ", 1);
                case NEGATIVE_SIZE -> monitor.recordProduced("orders", -1);
                case NO_MESSAGES -> monitor.recordProduced("orders", 0, 0);
                case NEGATIVE_BYTES -> monitor.recordProduced("orders", 2, -1);
                case CONSUMED_NULL -> monitor.recordConsumed(null, milli, Outcome.SUCCESS);
                case NULL_DURATION -> monitor.recordConsumed("orders", null, Outcome.SUCCESS);
                case NEGATIVE_DURATION -> monitor.recordConsumed("orders", milli.negated(), Outcome.FAILURE);
                case ENDLESS_DURATION ->
                    monitor.recordConsumed("orders", Duration.ofSeconds(Long.MAX_VALUE), Outcome.SUCCESS);
                case NULL_OUTCOME -> monitor.recordConsumed("orders", milli, null);
                case NO_ATTEMPTS -> monitor.recordConsumed("orders", milli, Outcome.SUCCESS, 0);
                case ATTEMPTS_OF_NEGATIVE_DURATION ->
                    monitor.recordConsumed("orders", milli.negated(), Outcome.SUCCESS, 2);
                case ATTEMPTS_OF_NULL_OUTCOME -> monitor.recordConsumed("orders", milli, null, 2);
                case DEPTH_NULL -> monitor.recordQueueDepth(null, 1);
                case NEGATIVE_DEPTH -> monitor.recordQueueDepth("orders", -1);
                case IN_FLIGHT_NULL -> monitor.recordInFlight(null, 1);
                case NEGATIVE_IN_FLIGHT -> monitor.recordInFlight("orders", -1);
                case RETRIED_NULL -> monitor.recordRetried(null);
                case RETRIED_EMPTY -> monitor.recordRetried("");
                case DEAD_LETTERED_NULL -> monitor.recordDeadLettered(null);
                case DEAD_LETTERED_OTHERS -> monitor.recordDeadLettered(QueueMonitor.OTHER_QUEUES);
                case DEPTH_OF_LONG_NAME -> monitor.recordQueueDepth("q".repeat(QueueMonitor.LONGEST_NAME + 1), 1);
                case NULL_RULES -> monitor.setupAlerts(null);
            }
        }
    }

    @Test
    @Verifies("G-1")
    default void invalidArgumentsOfTheMonitorAreRefusedByName() {
        refuseAll(List.of(InvalidCall.values()));
    }

    @Property
    @Verifies("G-1")
    default void invalidArgumentsOfTheMonitorChangeNothing(@ForAll @Size(min = 1, max = 12) List<InvalidCall> calls) {
        refuseAll(calls);
    }

    private void refuseAll(List<InvalidCall> calls) {
        try (MonitorUnderTest monitor = MonitorUnderTest.open(this, "G-1")) {
            String longest = "q".repeat(QueueMonitor.LONGEST_NAME);
            recordOnce(monitor, longest);
            calls.forEach(it -> requireRefused(monitor, it));
            recordOnce(monitor, longest);
            Map<String, QueueTotals> due = Map.of(longest, new QueueTotals(2, 0, 2, 0, 0, 0));
            Map<String, QueueTotals> totals = monitor.snapshot().totals();
            monitor.require(
                    totals.equals(due),
                    "after %s were refused the totals are %s, where %s are due".formatted(calls, totals, due));
            monitor.require(
                    monitor.snapshot().queueDepths().equals(Map.of(longest, 0L)),
                    "after %s were refused the depths are %s"
                            .formatted(calls, monitor.snapshot().queueDepths()));
        }
    }

    private static void recordOnce(MonitorUnderTest monitor, String queue) {
        monitor.record(it -> {
            it.recordProduced(queue, 0);
            it.recordConsumed(queue, Duration.ZERO, Outcome.SUCCESS);
            it.recordQueueDepth(queue, 0);
        });
    }

    private static void requireRefused(MonitorUnderTest monitor, InvalidCall call) {
        RuntimeException refusal =
                monitor.refused(RuntimeException.class, call.name(), () -> call.make(monitor.unguarded()));
        monitor.require(
                refusal instanceof NullPointerException || refusal instanceof IllegalArgumentException,
                "%s threw %s where NullPointerException or IllegalArgumentException is due".formatted(call, refusal));
        String text =
                String.valueOf(refusal.getMessage()).toLowerCase(Locale.ROOT).replace(" ", "");
        monitor.require(
                text.contains(call.name),
                "the refusal of %s does not name the argument '%s': %s".formatted(call, call.name, refusal));
    }
}
