package org.brokertck.performance.load;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.HdrHistogram.Histogram;

/**
 * How long records took from when they were to be sent, which their stamps tell as {@link System#nanoTime}, to their arrival. A
 * record that was sent late because the one before it held the sender up counts as late (no coordinated omission).
 */
final class Latencies implements Sink {
    private static final int DIGITS = 3;

    private final Arrivals arrivals = new Arrivals();
    private final List<Histogram> histograms = new CopyOnWriteArrayList<>();
    private final ThreadLocal<Histogram> own = ThreadLocal.withInitial(this::register);
    /** What was due before is warm-up. */
    private volatile long from = Long.MAX_VALUE;

    static Histogram histogram() {
        return new Histogram(DIGITS);
    }

    void countFrom(long nanoTime) {
        from = nanoTime;
    }

    @Override
    public void accept(long stamp) {
        long now = System.nanoTime();
        if (stamp - from >= 0) {
            own.get().recordValue(Math.max(0, now - stamp));
        }
        arrivals.accept(stamp);
    }

    @Override
    public long received() {
        return arrivals.received();
    }

    Arrivals arrivals() {
        return arrivals;
    }

    /** All that was recorded; to be called when nothing arrives any more. */
    Histogram sum() {
        Histogram sum = histogram();
        histograms.forEach(sum::add);
        return sum;
    }

    private Histogram register() {
        Histogram histogram = histogram();
        histograms.add(histogram);
        return histogram;
    }
}
