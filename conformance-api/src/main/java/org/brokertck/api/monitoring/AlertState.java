package org.brokertck.api.monitoring;

import java.util.Locale;

/** Where an alert stands; the states are those of Prometheus. An alert whose condition does not hold has no state at all. */
public enum AlertState {
    /** Its condition holds, but not yet for as long as its rule asks. */
    PENDING,
    /** Its condition has held for the whole duration of its rule, and still does. */
    FIRING,
    /** It fired, and its condition holds no more. */
    RESOLVED;

    /** The word in JSON: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
