package org.brokertck.reference.monitoring;

import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertState;
import org.brokertck.reference.time.TimeSource.Alarm;

/** The time through which a condition holds for one queue without a break. Guarded by the lock of {@link Alerting}. */
final class Episode {
    private final long sinceNanos;
    private Alert alert;
    private Alarm due = () -> {};

    Episode(Alert pending, long sinceNanos) {
        this.alert = pending;
        this.sinceNanos = sinceNanos;
    }

    Alert alert() {
        return alert;
    }

    boolean isFiring() {
        return alert.state() == AlertState.FIRING;
    }

    /** Whether it has held for as long as the rule asks. */
    boolean isDue(long nowNanos) {
        return nowNanos - sinceNanos >= alert.rule().duration().toNanos();
    }

    void wakeAt(Alarm alarm) {
        due = alarm;
    }

    void fire(Alert firing) {
        due.cancel();
        alert = firing;
    }

    /** Nothing will wake it any more. */
    void end() {
        due.cancel();
    }
}
