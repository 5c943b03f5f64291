package org.brokertck.rabbitmq;

import java.time.Duration;

/** A moment on the monotonic clock by which something must be over. */
final class Deadline {
    private final long nanos;

    private Deadline(long nanos) {
        this.nanos = nanos;
    }

    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** What is left; 0 or less once it has passed. */
    long nanosLeft() {
        return nanos - System.nanoTime();
    }

    /** What is left in whole milliseconds, rounded up; never below 0. */
    long millisLeft() {
        return Math.max(0, (nanosLeft() + 999_999) / 1_000_000);
    }

    boolean passed() {
        return nanosLeft() <= 0;
    }
}
