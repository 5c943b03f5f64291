package org.brokertck.adapter.partitioned;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/** Sums of what happened over the last while, to within a hundredth of its length. Safe for use by several threads. */
final class RateWindow {
    private static final int SLOTS = 100;

    private final LongSupplier nanoTime;
    private final long origin;
    private final long slotNanos;
    private final double seconds;
    private final long[][] sums;
    private final long[] slotOf = new long[SLOTS + 1];

    /** @param quantities how many different things are summed up */
    RateWindow(Duration window, int quantities, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.origin = nanoTime.getAsLong();
        this.slotNanos = Math.max(1, window.toNanos() / SLOTS);
        this.seconds = window.toNanos() / 1e9;
        this.sums = new long[SLOTS + 1][quantities];
        Arrays.fill(slotOf, -1);
    }

    synchronized void add(int quantity, long amount) {
        long slot = slotNow();
        int index = (int) (slot % slotOf.length);
        if (slotOf[index] != slot) {
            slotOf[index] = slot;
            Arrays.fill(sums[index], 0);
        }
        sums[index][quantity] += amount;
    }

    synchronized long sum(int quantity) {
        long oldest = slotNow() - SLOTS;
        long sum = 0;
        for (int i = 0; i < slotOf.length; i++) {
            if (slotOf[i] >= 0 && slotOf[i] >= oldest) {
                sum += sums[i][quantity];
            }
        }
        return sum;
    }

    double perSecond(int quantity) {
        return sum(quantity) / seconds;
    }

    private long slotNow() {
        return (nanoTime.getAsLong() - origin) / slotNanos;
    }
}
