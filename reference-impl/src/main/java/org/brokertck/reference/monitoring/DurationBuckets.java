package org.brokertck.reference.monitoring;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long attempts took, as the buckets of a histogram. The histogram of the Prometheus library takes one value at a time; this one
 * takes any number of equal ones at the cost of one, which is what watching quick attempts asks for.
 */
final class DurationBuckets {
    /** From half a millisecond, which a handler in memory takes, to the minute of one that waits for others. */
    private static final double[] SECONDS = {
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, Double.POSITIVE_INFINITY
    };

    private static final long[] NANOS =
            Arrays.stream(SECONDS).mapToLong(it -> Math.round(it * 1e9)).toArray();

    private final LongAdder[] counts =
            Arrays.stream(SECONDS).mapToObj(it -> new LongAdder()).toArray(LongAdder[]::new);

    /** Counts attempts that took so many nanoseconds each. */
    void add(long nanos, long attempts) {
        int bucket = 0;
        while (nanos > NANOS[bucket]) {
            bucket++;
        }
        counts[bucket].add(attempts);
    }

    ClassicHistogramBuckets snapshot() {
        return ClassicHistogramBuckets.of(
                SECONDS, Arrays.stream(counts).mapToLong(LongAdder::sum).toArray());
    }
}
