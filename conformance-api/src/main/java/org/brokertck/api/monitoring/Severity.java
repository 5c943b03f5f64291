package org.brokertck.api.monitoring;

import java.util.Locale;

/** How bad it is when an alert fires. */
public enum Severity {
    /** Good to know. */
    INFO,
    /** To be looked at in working hours. */
    WARNING,
    /** To be looked at now: while one fires, the monitor calls itself unhealthy (rule O-11). */
    CRITICAL;

    /** The word in labels and in JSON: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
