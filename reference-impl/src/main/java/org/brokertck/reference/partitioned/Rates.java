package org.brokertck.reference.partitioned;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.brokertck.reference.time.TimeSource;

/**
 * What happened within the last window of time. The window is cut into steps; whoever does something in a new step first has the
 * totals written down as they were at the end of the last one, and all who come after him in that step pay one comparison. So
 * nothing ticks while nothing happens, and an event is told to within a step.
 */
final class Rates {
    private static final int STEPS = 200;

    private final long windowMillis;
    private final long stepMillis;
    private final Supplier<Totals> totals;
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();
    private volatile long stepEndMillis;

    Rates(Duration window, TimeSource time, Supplier<Totals> totals) {
        this.windowMillis = Math.max(1, window.toMillis());
        this.stepMillis = Math.max(1, windowMillis / STEPS);
        this.totals = totals;
        this.stepEndMillis = time.millis() + stepMillis;
    }

    /** To be called before something is counted. */
    void tick(long nowMillis) {
        if (nowMillis >= stepEndMillis) {
            nextStep(nowMillis);
        }
    }

    /** What was counted within the window that ends now. */
    synchronized Totals withinWindow(long nowMillis) {
        tick(nowMillis);
        Totals before = Totals.ZERO;
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
        forgetAllButOneBefore(nowMillis - windowMillis);
    }

    private void forgetAllButOneBefore(long startMillis) {
        Sample first = samples.removeFirst();
        while (!samples.isEmpty() && samples.getFirst().atMillis() <= startMillis) {
            first = samples.removeFirst();
        }
        samples.addFirst(first);
    }

    /** The totals at a moment. */
    private record Sample(long atMillis, Totals totals) {}
}
