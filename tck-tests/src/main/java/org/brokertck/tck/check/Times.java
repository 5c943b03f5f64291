package org.brokertck.tck.check;

import java.util.stream.Stream;

/** Times at which something happened, to be counted in O(log n) up to any other. */
final class Times {
    private final long[] sorted;

    private Times(long[] sorted) {
        this.sorted = sorted;
    }

    /** Gathers the times, in any order. */
    static Times of(Stream<Long> times) {
        return new Times(times.mapToLong(it -> it).sorted().toArray());
    }

    /** How often it had happened at that time, that very time included. */
    long by(long time) {
        return time == Long.MAX_VALUE ? sorted.length : before(time + 1);
    }

    /** How often it had happened before that time. */
    long before(long time) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
