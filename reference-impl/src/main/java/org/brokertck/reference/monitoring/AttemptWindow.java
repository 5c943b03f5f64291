package org.brokertck.reference.monitoring;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Supplier;

/**
 * What was attempted within the last window of time. The window is cut into steps; whoever records in a new step first has the
 * totals written down as they were at the end of the last one, and all others pay one comparison. Nothing ticks while nothing
 * happens, and memory is bounded by the number of steps.
 */
final class AttemptWindow {
    private static final int STEPS = 50;

    private final long windowMillis;
    private final long stepMillis;
    private final Supplier<Attempts> totals;
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();
    private volatile long stepEndMillis;

    AttemptWindow(Duration window, long nowMillis, Supplier<Attempts> totals) {
        this.windowMillis = window.toMillis();
        this.stepMillis = Math.max(1, windowMillis / STEPS);
        this.totals = totals;
        this.stepEndMillis = nowMillis + stepMillis;
    }

    double seconds() {
        return windowMillis / 1000.0;
    }

    /** To be called before an attempt is counted. */
    void tick(long nowMillis) {
        if (nowMillis >= stepEndMillis) {
            nextStep(nowMillis);
        }
    }

    /** What was counted within the window that ends now. */
    synchronized Attempts until(long nowMillis) {
        tick(nowMillis);
        Attempts before = Attempts.NONE;
        for (Sample sample : samples) {
            if (sample.atMillis() <= nowMillis - windowMillis) {
                before = sample.totals();
            }
        }
        return totals.get().since(before);
    }

    private synchronized void nextStep(long nowMillis) {
        if (nowMillis < stepEndMillis) {
            return;
        }
        // Nothing was counted since the last step ended, or this would have been called then.
        samples.addLast(new Sample(stepEndMillis, totals.get()));
        stepEndMillis = nowMillis + stepMillis;
        Sample newestBefore = samples.removeFirst();
        while (!samples.isEmpty() && samples.getFirst().atMillis() <= nowMillis - windowMillis) {
            newestBefore = samples.removeFirst();
        }
        samples.addFirst(newestBefore);
    }

    /** The totals at a moment. */
    private record Sample(long atMillis, Attempts totals) {}
}
