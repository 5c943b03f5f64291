package org.brokertck.api.queue;

import java.time.Duration;
import java.util.Objects;

/**
 * How long a failed message waits for its next attempt: {@code min(maxDelay, initialDelay × multiplier^k)} after its
 * attempt number k (from 0) failed, made shorter by at most the share {@code jitter} (rules ).
 *
 * @param initialDelay the delay after the first failure; 0 or more
 * @param multiplier the growth from one delay to the next; finite, 1 or more
 * @param maxDelay the longest delay; no less than the initial one, and at most {@link #LONGEST}
 * @param jitter the largest share of a delay that may be taken off at random; from 0 to 1
 */
public record Backoff(Duration initialDelay, double multiplier, Duration maxDelay, double jitter) {
    /** The longest delay that can be configured: 365 days. */
    public static final Duration LONGEST = Duration.ofDays(365);

    /** Checks the bounds. */
    public Backoff {
        Objects.requireNonNull(initialDelay, "initialDelay");
        Objects.requireNonNull(maxDelay, "maxDelay");
        require(!initialDelay.isNegative(), "initialDelay", initialDelay, "0 or more");
        require(multiplier >= 1 && multiplier <= Double.MAX_VALUE, "multiplier", multiplier, "finite and 1 or more");
        require(
                maxDelay.compareTo(initialDelay) >= 0,
                "maxDelay",
                maxDelay,
                "no less than initialDelay " + initialDelay);
        require(maxDelay.compareTo(LONGEST) <= 0, "maxDelay", maxDelay, "at most " + LONGEST);
        require(jitter >= 0 && jitter <= 1, "jitter", jitter, "from 0 to 1");
    }

    /** A backoff without jitter. */
    public static Backoff exponential(Duration initialDelay, double multiplier, Duration maxDelay) {
        return new Backoff(initialDelay, multiplier, maxDelay, 0);
    }

    /** The same delay after every failure, without jitter. */
    public static Backoff fixed(Duration delay) {
        return new Backoff(delay, 1, delay, 0);
    }

    /** This backoff with another jitter. */
    public Backoff withJitter(double jitter) {
        return new Backoff(initialDelay, multiplier, maxDelay, jitter);
    }

    /**
     * The longest delay after attempt number {@code attempt} failed, before any jitter is taken off.
     *
     * @param attempt from 0, which is the first attempt
     * @return the delay to the nanosecond; never over {@code maxDelay}, whatever the attempt
     */
    public Duration delayAfter(int attempt) {
        if (attempt < 0) {
            throw new IllegalArgumentException("attempt is " + attempt + ": attempts count from 0");
        }
        // A double cannot overflow into a wrong sign: it grows to infinity, which the cap then replaces.
        double nanos = initialDelay.toNanos() * Math.pow(multiplier, attempt);
        return nanos < maxDelay.toNanos() ? Duration.ofNanos((long) nanos) : zeroOrMax(nanos);
    }

    private Duration zeroOrMax(double nanos) {
        // 0 × infinity is not a number: no initial delay stays no delay, whatever it is multiplied by.
        return Double.isNaN(nanos) ? Duration.ZERO : maxDelay;
    }

    private static void require(boolean holds, String name, Object value, String bound) {
        if (!holds) {
            throw new IllegalArgumentException("backoff " + name + " is " + value + ": it must be " + bound);
        }
    }
}
