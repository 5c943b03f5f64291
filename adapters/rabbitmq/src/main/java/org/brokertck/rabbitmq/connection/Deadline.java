package org.brokertck.rabbitmq.connection;

import java.time.Duration;

/** A moment on the monotonic clock by which something must be over. */
public final class Deadline {
    /** Whoever waits for a century waits for ever; more is not to be counted in nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final long nanos;

    private Deadline(long nanos) {
        this.nanos = nanos;
    }

    public static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + (duration.compareTo(LONGEST) < 0 ? duration : LONGEST).toNanos());
    }

    /** What is left; 0 or less once it has passed. */
    public long nanosLeft() {
        return nanos - System.nanoTime();
    }

    /** What is left in whole milliseconds, rounded up; never below 0. */
    public long millisLeft() {
        return Math.max(0, (nanosLeft() + 999_999) / 1_000_000);
    }

    public boolean passed() {
        return nanosLeft() <= 0;
    }
}
