package org.brokertck.adapter.partitioned;

import java.util.concurrent.ThreadLocalRandom;
import org.brokertck.api.queue.Backoff;

/** How long to wait before the next attempt at a record. */
final class RetryDelay {
    private RetryDelay() {}

    /**
     * The delay in nanoseconds, less a random share of it up to the jitter.
     *
     * @param failed how many attempts failed; 1 or more
     */
    static long nanosAfter(Backoff backoff, int failed) {
        long nanos = backoff.delayAfter(failed - 1).toNanos();
        if (backoff.jitter() > 0) {
            nanos -= (long)
                    (nanos * backoff.jitter() * ThreadLocalRandom.current().nextDouble());
        }
        return nanos;
    }
}
