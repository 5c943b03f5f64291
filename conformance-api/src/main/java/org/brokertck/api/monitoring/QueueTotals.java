package org.brokertck.api.monitoring;

/**
 * What was recorded of one queue since the monitor was opened; exact (rule O-2).
 *
 * @param produced messages produced
 * @param producedBytes the bytes of their payloads
 * @param consumed attempts that succeeded
 * @param failed attempts that failed
 * @param retried attempts that were planned anew
 * @param deadLettered messages that were parked as dead letters
 */
public record QueueTotals(
        long produced, long producedBytes, long consumed, long failed, long retried, long deadLettered) {
    /** Nothing recorded. */
    public static final QueueTotals NONE = new QueueTotals(0, 0, 0, 0, 0, 0);
}
