package org.brokertck.reference.monitoring.watch;

/**
 * Attempts of which one runs at a time: those of one consumer, or of one partition of a member. As one thread at a time counts, counting
 * takes no locked operation; others may look at any time.
 */
final class Lane {
    private final AttemptMeter meter;
    /** What has begun, and what has ended. */
    private final OwnCounts counts = new OwnCounts();

    private volatile boolean closed;

    Lane(AttemptMeter meter) {
        this.meter = meter;
    }

    /** Begins an attempt. @return what tells of its beginning when it ends */
    long begin() {
        return meter.begin(counts.raiseFirst(1));
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
        long unused = counts.raiseSecond(1);
        meter.changed();
    }

    long begun() {
        return counts.first();
    }

    long ended() {
        return counts.second();
    }

    /** No further attempt begins; one may still run. */
    void close() {
        closed = true;
    }

    boolean isOver() {
        return closed && ended() == begun();
    }
}
