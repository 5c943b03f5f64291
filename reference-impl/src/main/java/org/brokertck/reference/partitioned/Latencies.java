package org.brokertck.reference.partitioned;

import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** How long produces took, from samples, to within 1 % of each. Producers record without a lock; readers take turns. */
final class Latencies {
    private static final int DIGITS = 2;

    private final Recorder recorder = new Recorder(DIGITS);
    private final Histogram all = new Histogram(DIGITS);

    void took(long elapsedNanos) {
        recorder.recordValue(Math.max(0, elapsedNanos));
    }

    synchronized Duration mean() {
        gather();
        return Duration.ofNanos(all.getTotalCount() == 0 ? 0 : Math.round(all.getMean()));
    }

    synchronized Duration percentile(double percent) {
        gather();
        return Duration.ofNanos(all.getTotalCount() == 0 ? 0 : all.getValueAtPercentile(percent));
    }

    private void gather() {
        all.add(recorder.getIntervalHistogram());
    }
}
