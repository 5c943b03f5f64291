package org.brokertck.api.target;

import java.util.Objects;

/**
 * A target whose instances take all their time from a clock that the kit moves.
 *
 * @param target opens instances that live on the clock
 * @param clock shared by all of them
 */
public record VirtualTime(ConformanceTarget target, ManualClock clock) {
    /** Checks that both are there. */
    public VirtualTime {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(clock, "clock");
    }
}
