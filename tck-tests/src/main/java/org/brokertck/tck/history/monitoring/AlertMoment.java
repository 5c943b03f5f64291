package org.brokertck.tck.history.monitoring;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.tck.history.Moment;

/**
 * The monitor says that an alert took a state.
 *
 * @param atMillis when, since the rules were set up
 * @param alert as the monitor gave it
 */
public record AlertMoment(long atMillis, Alert alert) implements Moment {
    @Override
    public long at() {
        return TimeUnit.MILLISECONDS.toNanos(atMillis);
    }

    @Override
    public String describe() {
        return String.format(
                Locale.ROOT,
                "alert '%s' %s for '%s' with value %s",
                alert.rule().name(),
                alert.state().word(),
                alert.queue(),
                alert.value());
    }

    /** The rule and the queue that it belongs to. */
    public String key() {
        return alert.rule().name() + " for '" + alert.queue() + "'";
    }
}
