package org.brokertck.rabbitmq.queue;

import java.time.Duration;

/**
 * Moments by the wall clock, in milliseconds since 1970: the only clock that a message can be held to after its instance
 * has ended. Instances on several machines keep the delays as exactly as their clocks agree.
 */
final class DueTime {
    private DueTime() {}

    /** The first millisecond by which the delay has passed for certain. */
    static long after(Duration delay) {
        return after(System.currentTimeMillis(), delay);
    }

    static long after(long now, Duration delay) {
        long floor = delay.toMillis();
        long ceiling = delay.minusMillis(floor).isZero() ? floor : floor + 1;
        // One more, for the part of the present millisecond that is already over.
        return now + ceiling + 1;
    }

    /** How many milliseconds are left; 0 or less when it is due. */
    static long left(long due) {
        return due - System.currentTimeMillis();
    }
}
