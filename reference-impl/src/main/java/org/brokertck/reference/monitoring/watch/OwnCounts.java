package org.brokertck.reference.monitoring.watch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Two counts that one thread at a time raises, which takes no locked operation, and that others may look at. A cache line on either side
 * keeps several of them from holding each other up.
 */
final class OwnCounts {
    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int FIRST = 8;
    private static final int SECOND = 9;
    private static final int PADDED = 24;

    private final long[] counts = new long[PADDED];

    /** What the first was before it was raised. */
    long raiseFirst(long by) {
        return raise(FIRST, by);
    }

    /** What the second was before it was raised. Whoever sees it raised sees what was done before. */
    long raiseSecond(long by) {
        return raise(SECOND, by);
    }

    private long raise(int which, long by) {
        long before = counts[which];
        COUNT.setRelease(counts, which, before + by);
        return before;
    }

    long first() {
        return (long) COUNT.getAcquire(counts, FIRST);
    }

    long second() {
        return (long) COUNT.getAcquire(counts, SECOND);
    }
}
