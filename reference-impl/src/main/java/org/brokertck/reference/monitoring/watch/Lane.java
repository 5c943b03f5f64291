package org.brokertck.reference.monitoring.watch;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Attempts of which one runs at a time: those of one consumer, or of one partition of a member. As one thread at a time counts, counting
 * takes no locked operation; others may look at any time.
 */
final class Lane {
    private static final int BEGUN = 8;
    private static final int ENDED = 9;
    /** The counts with a cache line on either side, so that lanes do not hold each other up. */
    private static final int PADDED = 24;

    private final AttemptMeter meter;
    private final AtomicLongArray counts = new AtomicLongArray(PADDED);
    private volatile boolean closed;

    Lane(AttemptMeter meter) {
        this.meter = meter;
    }

    /** Begins an attempt. @return what tells of its beginning when it ends */
    long begin() {
        long number = counts.getPlain(BEGUN);
        counts.setRelease(BEGUN, number + 1);
        return meter.begin(number);
    }

    /** The attempt succeeded. */
    void succeeded(long begun) {
        meter.succeeded(begun);
        end();
    }

    /** The attempt failed, and another one follows. */
    void failedForNow(long begun) {
        meter.failedForNow(begun);
        end();
    }

    /** The attempt failed, and was the last. */
    void failedForGood(long begun) {
        meter.failedForGood(begun);
        end();
    }

    /** Last, so that whoever sees the end sees how it ended. */
    private void end() {
        counts.setRelease(ENDED, counts.getPlain(ENDED) + 1);
        meter.changed();
    }

    long begun() {
        return counts.getAcquire(BEGUN);
    }

    long ended() {
        return counts.getAcquire(ENDED);
    }

    /** No further attempt begins; one may still run. */
    void close() {
        closed = true;
    }

    boolean isOver() {
        return closed && ended() == begun();
    }
}
