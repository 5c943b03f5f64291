package org.brokertck.redis.connection;

import java.time.Duration;

/** How long to wait before the next try to reach the server: a little, then more, never long. For one thread. */
public final class Patience {
    private static final long FIRST_MILLIS = 20;
    private static final long MOST_MILLIS = 500;

    private long millis = FIRST_MILLIS;

    public Duration next() {
        Duration wait = Duration.ofMillis(millis);
        millis = Math.min(MOST_MILLIS, 2 * millis);
        return wait;
    }

    public void reset() {
        millis = FIRST_MILLIS;
    }
}
