package org.brokertck.tck.time;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Every wait and tolerance of the kit. All scale with one factor, which is the system property {@code tck.timeoutFactor}
 * times what a calibration at start finds on a slow machine.
 *
 * @param await how long something that must happen may take before it counts as not happening
 * @param quiet how long nothing may happen before it counts as not happening, where no sentinel can tell
 * @param tolerance how late something timed may be
 * @param recovery how long a server and its clients may take to come back after a fault
 */
public record TckTimeouts(Duration await, Duration quiet, Duration tolerance, Duration recovery) {
    /** The property that scales all waits; 1 when unset. */
    public static final String FACTOR_PROPERTY = "tck.timeoutFactor";

    private static final double SLOWNESS = calibrate();

    /** The timeouts in force: the property is read anew, the calibration is done once. */
    public static TckTimeouts current() {
        return scaled(factor() * SLOWNESS);
    }

    /** By how much all waits are longer on this machine than on a quick one, as the calibration found at the start; 1 to 10. */
    public static double slowness() {
        return SLOWNESS;
    }

    /** Whether half of what must happen in time may take has passed: for loads that go on for a while, and must end in time. */
    public boolean isHalfUp(long startNanos) {
        return System.nanoTime() - startNanos >= await.toNanos() / 2;
    }

    /** The base values times a factor. */
    static TckTimeouts scaled(double factor) {
        return new TckTimeouts(
                millis(10_000, factor), millis(150, factor), millis(1_000, factor), millis(60_000, factor));
    }

    private static Duration millis(long base, double factor) {
        return Duration.ofMillis(Math.max(1, Math.round(base * factor)));
    }

    private static double factor() {
        String text = System.getProperty(FACTOR_PROPERTY, "1");
        try {
            double factor = Double.parseDouble(text);
            if (factor > 0 && factor <= 1000) {
                return factor;
            }
        } catch (NumberFormatException e) {
            // Refused below, with the others that are of no use.
        }
        throw new IllegalArgumentException(
                FACTOR_PROPERTY + " is '" + text + "': it must be a number over 0 and up to 1000");
    }

    /** 1 where a sleeping thread wakes within 20 ms of its time, and as much more as it is usually later than that. */
    private static double calibrate() {
        long[] took = new long[20];
        for (int i = 0; i < took.length; i++) {
            long start = System.nanoTime();
            LockSupport.parkNanos(1_000_000);
            took[i] = System.nanoTime() - start;
        }
        return slowness(took);
    }

    /** What one moment of the start shows, when everything is loaded at once, says nothing of the run: the two latest do not count. */
    static double slowness(long[] took) {
        long[] sorted = took.clone();
        Arrays.sort(sorted);
        return Math.min(10, Math.max(1, sorted[sorted.length - 3] / 20_000_000.0));
    }
}
