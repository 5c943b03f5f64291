package org.brokertck.cli.serve;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Work that takes its time, but none any more once everything ends. */
final class Work {
    private final CountDownLatch ended = new CountDownLatch(1);

    /**
     * Takes so long.
     *
     * @return whether it was done to its end
     */
    boolean take(Duration time) throws InterruptedException {
        return !ended.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    void end() {
        ended.countDown();
    }
}
