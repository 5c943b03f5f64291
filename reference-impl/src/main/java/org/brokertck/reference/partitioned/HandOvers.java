package org.brokertck.reference.partitioned;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts batches where nothing lingers (rule L-14): what a reader finds when it comes to a partition is one batch, however many
 * gathered meanwhile. A second group that reads the same records makes no further batch of them.
 */
final class HandOvers {
    private final AtomicLong handedOver = new AtomicLong();
    private final AtomicLong batches = new AtomicLong();
    private final AtomicLong told = new AtomicLong();

    /** A reader has taken what came before this offset. */
    void upTo(long end) {
        long before = handedOver.get();
        while (end > before) {
            if (handedOver.compareAndSet(before, end)) {
                batches.incrementAndGet();
                return;
            }
            before = handedOver.get();
        }
    }

    /**
     * The batches so far; what no reader has taken counts as it would be handed over now.
     *
     * @param end of the log
     */
    long batches(long end, int batchSize) {
        // In this order a hand-over in between can make the figure too small, but not too large; hence the largest one
        // holds.
        long taken = batches.get();
        long waiting = Math.max(0, end - handedOver.get());
        return told.accumulateAndGet(taken + (waiting + batchSize - 1) / batchSize, Math::max);
    }
}
