package org.brokertck.tck.monitoring;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What callbacks do that do not return. */
final class Hanging {
    private Hanging() {}

    /** Waits for nothing; for so long at most, so that it never outlives its test by long. */
    static void untilInterrupted(Duration most) {
        try {
            boolean never = new CountDownLatch(1).await(most.toNanos(), TimeUnit.NANOSECONDS);
            if (never) {
                throw new IllegalStateException("nobody counts down");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
