package org.brokertck.tck.faulty.monitoring.plain;

import java.time.Instant;
import org.brokertck.api.monitoring.Alert;

/** An alert of one rule for one queue, as long as its condition holds; guarded by the monitor's lock. */
public final class PlainAlert {
    /** Since when the condition holds. */
    public long sinceNanos;
    /** The same as a time. */
    public Instant since;
    /** As it stands. */
    public Alert alert;
    /** Whether it has fired. */
    public boolean fired;

    PlainAlert(long sinceNanos, Instant since, Alert alert) {
        this.sinceNanos = sinceNanos;
        this.since = since;
        this.alert = alert;
    }
}
