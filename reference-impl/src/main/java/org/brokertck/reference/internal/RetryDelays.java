package org.brokertck.reference.internal;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.brokertck.api.queue.Backoff;

/** The delays between attempts as they are really waited: those of a backoff, less what its jitter takes off (rule Q-10). */
public final class RetryDelays {
    private final Backoff backoff;
    private final RandomGenerator random;

    /** @param random safe for use by several threads; asked only when the backoff has a jitter */
    public RetryDelays(Backoff backoff, RandomGenerator random) {
        this.backoff = backoff;
        this.random = random;
    }

    /** The delay after attempt number {@code attempt} (from 0): the backoff's, less a random part of the jitter's share. */
    public Duration after(int attempt) {
        Duration longest = backoff.delayAfter(attempt);
        if (backoff.jitter() == 0) {
            return longest;
        }
        long nanos = longest.toNanos();
        long takenOff = (long) (nanos * backoff.jitter() * random.nextDouble());
        return Duration.ofNanos(Math.max(0, nanos - takenOff));
    }
}
