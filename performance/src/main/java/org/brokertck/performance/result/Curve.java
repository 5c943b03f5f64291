package org.brokertck.performance.result;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * The latencies of one candidate by percentile, over all rounds.
 *
 * @param candidate its name
 * @param subject what took that long
 * @param points by growing percentile
 */
public record Curve(String candidate, String subject, List<Point> points) {
    private static final double[] PERCENTILES = {
        0, 10, 25, 50, 75, 90, 95, 97.5, 99, 99.5, 99.75, 99.9, 99.95, 99.99, 99.999
    };

    /**
     * One point.
     *
     * @param percentile from 0 to 100
     * @param micros what so many percent stayed within, in microseconds
     */
    public record Point(double percentile, double micros) {}

    /** Isolates the list. */
    public Curve {
        points = List.copyOf(points);
    }

    /** Reads a histogram of nanoseconds, as far as it has enough values to tell a percentile: at least one beyond it. */
    public static Curve of(String candidate, String subject, Histogram nanos) {
        List<Point> points = new ArrayList<>();
        for (double percentile : PERCENTILES) {
            // A little less than one, since 99.9 is no binary fraction.
            if (nanos.getTotalCount() * (100 - percentile) >= 99.99) {
                points.add(new Point(percentile, nanos.getValueAtPercentile(percentile) / 1e3));
            }
        }
        return new Curve(candidate, subject, points);
    }
}
