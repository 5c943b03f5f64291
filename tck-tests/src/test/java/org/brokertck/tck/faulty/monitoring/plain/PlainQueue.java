package org.brokertck.tck.faulty.monitoring.plain;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.brokertck.api.monitoring.Outcome;
import org.brokertck.api.monitoring.QueueTotals;
import org.jspecify.annotations.Nullable;

/** The figures of one queue; guarded by the monitor's lock. What was attempted is summed up by the second. */
public final class PlainQueue {
    /** As recorded. */
    public long produced;
    /** As recorded. */
    public long bytes;
    /** As recorded. */
    public long succeeded;
    /** As recorded. */
    public long failed;
    /** As recorded. */
    public long retried;
    /** As recorded. */
    public long deadLettered;
    /** As last recorded. */
    public @Nullable Long depth;
    /** As last recorded. */
    public @Nullable Long inFlight;
    /** Attempts by bucket of the histogram. */
    public final long[] buckets = new long[PlainText.BOUNDS.length + 1];
    /** How long all attempts took. */
    public double seconds;

    private final String name;
    private final Deque<Slot> slots = new ArrayDeque<>();

    /** A queue of which nothing was recorded. */
    public PlainQueue(String name) {
        this.name = name;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    void attempted(Duration duration, Outcome outcome, long nowMillis, long stepMillis, int steps) {
        long step = nowMillis / stepMillis;
        Slot slot = slots.peekLast();
        if (slot == null || slot.step != step) {
            slot = new Slot(step);
            slots.addLast(slot);
            forgetBefore(step - steps);
        }
        slot.nanos += duration.toNanos();
        if (outcome == Outcome.SUCCESS) {
            succeeded++;
            slot.succeeded++;
        } else {
            failed++;
            slot.failed++;
        }
        double took = duration.toNanos() / 1e9;
        seconds += took;
        int bucket = 0;
        while (bucket < PlainText.BOUNDS.length && took > PlainText.BOUNDS[bucket]) {
            bucket++;
        }
        buckets[bucket]++;
    }

    /** What was attempted within the window. */
    Slot within(long nowMillis, long stepMillis, int steps) {
        forgetBefore(nowMillis / stepMillis - steps);
        Slot sum = new Slot(0);
        for (Slot slot : slots) {
            sum.succeeded += slot.succeeded;
            sum.failed += slot.failed;
            sum.nanos += slot.nanos;
        }
        return sum;
    }

    private void forgetBefore(long first) {
        slots.removeIf(it -> it.step < first);
    }

    /** What was recorded since the monitor was opened. */
    public QueueTotals totals() {
        return new QueueTotals(produced, bytes, succeeded, failed, retried, deadLettered);
    }

    /** Attempts of some time. */
    public static final class Slot {
        private final long step;
        /** That succeeded. */
        public long succeeded;
        /** That failed. */
        public long failed;
        /** How long all of them took. */
        public long nanos;

        Slot(long step) {
            this.step = step;
        }

        /** All of them. */
        public long all() {
            return succeeded + failed;
        }
    }
}
