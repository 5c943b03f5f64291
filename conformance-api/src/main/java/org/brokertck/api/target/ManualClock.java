package org.brokertck.api.target;

import java.time.Duration;
import java.time.Instant;

/** A clock that stands still until it is told to move, so that rules about hours are checked in milliseconds. */
public interface ManualClock {
    /** The clock's time now. */
    Instant now();

    /**
     * Moves the clock on. Everything that falls due on the way happens in the order of its due times, each at its own
     * time, before the call returns; what that hands to consumers runs on their threads afterwards.
     *
     * @param duration 0 or more
     * @throws IllegalArgumentException when it is negative
     */
    void advance(Duration duration);
}
