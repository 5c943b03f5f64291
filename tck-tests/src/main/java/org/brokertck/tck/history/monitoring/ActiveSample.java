package org.brokertck.tck.history.monitoring;

import java.util.List;
import org.brokertck.api.monitoring.Alert;

/**
 * What the monitor said to be active.
 *
 * @param atMillis when, since the rules were set up
 * @param alerts what it said
 */
public record ActiveSample(long atMillis, List<Alert> alerts) {
    /** Isolates the list. */
    public ActiveSample {
        alerts = List.copyOf(alerts);
    }
}
