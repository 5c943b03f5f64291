package org.brokertck.reference.monitoring;

import java.time.Duration;

/**
 * Attempts at messages.
 *
 * @param succeeded that succeeded
 * @param failed that failed
 * @param nanos how long all of them took together; may overflow, but differences do not until they are over 292 years
 */
record Attempts(long succeeded, long failed, long nanos) {
    static final Attempts NONE = new Attempts(0, 0, 0);

    Attempts since(Attempts before) {
        return new Attempts(succeeded - before.succeeded, failed - before.failed, nanos - before.nanos);
    }

    boolean isEmpty() {
        return all() == 0;
    }

    double errorRate() {
        return (double) failed / all();
    }

    /** The mean duration; only where there are attempts. */
    Duration mean() {
        return Duration.ofNanos(nanos / all());
    }

    private long all() {
        return succeeded + failed;
    }
}
