package org.brokertck.redis.connection;

import java.time.Duration;

/**
 * A point in time to wait for at most.
 *
 * @param nanos by {@link System#nanoTime()}
 */
public record Deadline(long nanos) {
    /** Whoever waits for a century waits for ever; more is not to be counted in nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    public static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + (duration.compareTo(LONGEST) < 0 ? duration : LONGEST).toNanos());
    }

    /** What is left, never negative. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    public boolean passed() {
        return nanos - System.nanoTime() <= 0;
    }
}
