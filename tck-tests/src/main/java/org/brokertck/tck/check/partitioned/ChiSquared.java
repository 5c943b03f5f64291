package org.brokertck.tck.check.partitioned;

import java.util.Arrays;

/** Whether counts are as even as chance makes them: Pearson's chi-squared test at p > 0.001 (rule L-4). */
public final class ChiSquared {
    /** The point that a standard normal variable exceeds once in a thousand times. */
    private static final double NORMAL = 3.090232306167813;

    private ChiSquared() {}

    /** Whether an even spread yields counts like these more often than once in a thousand times. */
    public static boolean isEven(long[] counts) {
        return counts.length < 2 || statistic(counts) < critical(counts.length - 1);
    }

    /** The sum of the squared deviations from the mean, in units of the mean. */
    public static double statistic(long[] counts) {
        double mean = Arrays.stream(counts).average().orElse(0);
        return mean == 0
                ? 0
                : Arrays.stream(counts)
                        .mapToDouble(it -> (it - mean) * (it - mean) / mean)
                        .sum();
    }

    /** The value that the statistic exceeds once in a thousand times, by the approximation of Wilson and Hilferty: good to a percent, and to three with one degree of freedom. */
    public static double critical(int degreesOfFreedom) {
        double part = 2.0 / (9.0 * degreesOfFreedom);
        double root = 1 - part + NORMAL * Math.sqrt(part);
        return degreesOfFreedom * root * root * root;
    }
}
