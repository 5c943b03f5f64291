package org.brokertck.reference.monitoring.watch;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Two counts that one thread at a time raises, which takes no locked operation, and that others may look at. A cache line on either side
 * keeps several of them from holding each other up.
 */
final class OwnCounts {
    private static final int FIRST = 8;
    private static final int SECOND = 9;
    private static final int PADDED = 24;

    private final AtomicLongArray counts = new AtomicLongArray(PADDED);

    /** What the first was before it was raised. */
    long raiseFirst(long by) {
        return raise(FIRST, by);
    }

    /** What the second was before it was raised. Whoever sees it raised sees what was done before. */
    long raiseSecond(long by) {
        return raise(SECOND, by);
    }

    private long raise(int which, long by) {
        long before = counts.getPlain(which);
        counts.setRelease(which, before + by);
        return before;
    }

    long first() {
        return counts.getAcquire(FIRST);
    }

    long second() {
        return counts.getAcquire(SECOND);
    }
}
