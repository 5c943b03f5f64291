package org.brokertck.tck.workload.monitoring;

import java.time.Duration;
import org.brokertck.api.monitoring.Outcome;
import org.brokertck.api.monitoring.QueueMonitor;

/**
 * Something is recorded.
 *
 * @param kind what
 * @param queue of which queue
 * @param amount a size, a depth, or a duration in milliseconds, as the kind asks for
 */
public record PlannedRecord(Kind kind, String queue, int amount) {
    /** What can be recorded. */
    public enum Kind {
        /** A message was produced. */
        PRODUCED,
        /** An attempt succeeded. */
        SUCCEEDED,
        /** An attempt failed. */
        FAILED,
        /** An attempt is made again. */
        RETRIED,
        /** A message was parked. */
        DEAD_LETTERED,
        /** So many wait. */
        DEPTH,
        /** So many are in hand. */
        IN_FLIGHT
    }

    /** Records it. */
    public void record(QueueMonitor monitor) {
        switch (kind) {
            case PRODUCED -> monitor.recordProduced(queue, amount);
            case SUCCEEDED -> monitor.recordConsumed(queue, duration(), Outcome.SUCCESS);
            case FAILED -> monitor.recordConsumed(queue, duration(), Outcome.FAILURE);
            case RETRIED -> monitor.recordRetried(queue);
            case DEAD_LETTERED -> monitor.recordDeadLettered(queue);
            case DEPTH -> monitor.recordQueueDepth(queue, amount);
            case IN_FLIGHT -> monitor.recordInFlight(queue, amount);
        }
    }

    /** How long an attempt took. */
    public Duration duration() {
        return Duration.ofMillis(amount);
    }
}
