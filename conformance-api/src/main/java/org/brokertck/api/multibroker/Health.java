package org.brokertck.api.multibroker;

import java.util.Locale;

/** How a broker is, from best to worst (rule B-2). */
public enum Health {
    /** It answers, in good time and in full. */
    HEALTHY,
    /** It answers, but slowly, or something of it fails. */
    DEGRADED,
    /** It cannot be reached, does not answer, or is closed. */
    UNHEALTHY;

    /** The word of the seed's JSON: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
