package org.brokertck.rabbitmq.connection;

import java.time.Duration;

/** A moment on the monotonic clock by which something must be over. */
public final class Deadline {
    private final long nanos;

    private Deadline(long nanos) {
        this.nanos = nanos;
    }

    public static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
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
