package org.brokertck.tck.monitoring;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What callbacks do that do not return. */
final class Hanging {
    private Hanging() {}

    /** Waits for nothing; for so long at most, so that it never outlives its test by long. */
    static void untilInterrupted(Duration most) {
        behind(new CountDownLatch(1), most);
    }

    /** Waits until the gate opens, or for an interrupt; for so long at most. */
    static void behind(CountDownLatch gate, Duration most) {
        try {
            boolean opened = gate.await(most.toNanos(), TimeUnit.NANOSECONDS);
            if (!opened) {
                throw new IllegalStateException("nobody ended the wait within " + most);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
