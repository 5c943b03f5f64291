package org.brokertck.reference.monitoring.watch;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts messages and their bytes by one addition. What it can tell apart between two looks is bounded: 134 million messages and
 * 128 GiB, many seconds of the fastest broker.
 */
final class Traffic {
    private static final int BITS_OF_BYTES = 37;
    private static final long ONE_MESSAGE = 1L << BITS_OF_BYTES;

    /** Messages in the upper bits, bytes in the lower ones; it overflows, which differences do not mind. */
    private final LongAdder both = new LongAdder();
    /** Guarded by this, as the next. */
    private long before;

    private long messages;

    void add(int bytes) {
        both.add(ONE_MESSAGE + bytes);
    }

    /** What came since the last look. */
    synchronized Since look() {
        long now = both.sum();
        long since = now - before;
        before = now;
        messages += since >>> BITS_OF_BYTES;
        return new Since(since >>> BITS_OF_BYTES, since & (ONE_MESSAGE - 1));
    }

    /** All messages up to the last look. */
    synchronized long messages() {
        return messages;
    }

    /** Messages and bytes since a look. */
    record Since(long messages, long bytes) {}
}
