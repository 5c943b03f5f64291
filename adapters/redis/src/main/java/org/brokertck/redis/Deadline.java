package org.brokertck.redis;

import java.time.Duration;

/**
 * A point in time to wait for at most.
 *
 * @param nanos by {@link System#nanoTime()}
 */
record Deadline(long nanos) {
    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** What is left, never negative. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    boolean passed() {
        return nanos - System.nanoTime() <= 0;
    }
}
