package org.brokertck.redis;

import java.time.Duration;

/** How long to wait before the next try to reach the server: a little, then more, never long. For one thread. */
final class Patience {
    private static final long FIRST_MILLIS = 20;
    private static final long MOST_MILLIS = 500;

    private long millis = FIRST_MILLIS;

    Duration next() {
        Duration wait = Duration.ofMillis(millis);
        millis = Math.min(MOST_MILLIS, 2 * millis);
        return wait;
    }

    void reset() {
        millis = FIRST_MILLIS;
    }
}
