package org.brokertck.tck.check;

import java.math.BigDecimal;
import java.math.MathContext;
import org.brokertck.api.queue.Backoff;

/**
 * The kit's own account of a backoff, in exact arithmetic, so that it does not repeat a mistake of the contract's helper:
 * {@code min(maxDelay, initialDelay × multiplier^k)}.
 */
public final class Delays {
    private Delays() {}

    /** The delay after attempt number {@code attempt} (from 0) failed, before jitter, in nanoseconds. */
    public static long nominal(Backoff backoff, int attempt) {
        BigDecimal cap = BigDecimal.valueOf(backoff.maxDelay().toNanos());
        BigDecimal delay = BigDecimal.valueOf(backoff.initialDelay().toNanos());
        BigDecimal multiplier = new BigDecimal(backoff.multiplier());
        if (delay.signum() == 0 || backoff.multiplier() == 1) {
            return delay.longValue();
        }
        // By repeated squaring; the power is cut at the cap, which any delay of 1 ns or more times it reaches.
        BigDecimal power = multiplier;
        for (int left = attempt; left > 0 && delay.compareTo(cap) < 0; left >>= 1) {
            if ((left & 1) == 1) {
                delay = delay.multiply(power, MathContext.DECIMAL128);
            }
            power = power.multiply(power, MathContext.DECIMAL128).min(cap);
        }
        return delay.min(cap).longValue();
    }
}
