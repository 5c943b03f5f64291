package org.brokertck.reference.partitioned;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Where a partition ends, and how many bytes it has taken. Producers claim offsets here by compare-and-set.
 *
 * <p>A frozen tail lets nobody claim: its end is beyond every bound.
 */
final class Tail {
    private static final long FROZEN = 1L << 62;
    /** Every producer writes both, so they lie side by side, with a cache line of nothing on either side. */
    private static final int END = 8;

    private static final int BYTES = 9;
    private static final int LENGTH = 24;

    private final AtomicLongArray cells = new AtomicLongArray(LENGTH);

    /** The offset that is claimed next, as producers see it: beyond every bound while frozen. */
    long claimable() {
        return cells.get(END);
    }

    /** The offset that is claimed next. */
    long end() {
        return claimable() & ~FROZEN;
    }

    /** Claims an offset, if it is still the next. */
    boolean claim(long offset) {
        return cells.compareAndSet(END, offset, offset + 1);
    }

    /**
     * Stops all claims. Called under the lock of the partition.
     *
     * @return the end
     */
    long freeze() {
        return cells.getAndUpdate(END, end -> end | FROZEN) & ~FROZEN;
    }

    /** Lets producers claim again. Called under the lock of the partition. */
    void thaw() {
        cells.set(END, end());
    }

    void addBytes(int count) {
        cells.getAndAdd(BYTES, count);
    }

    long bytes() {
        return cells.get(BYTES);
    }
}
