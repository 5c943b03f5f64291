package org.brokertck.tck.monitoring;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertCallback;
import org.brokertck.api.monitoring.AlertState;

/** A callback that remembers what it was told. */
final class Listener implements AlertCallback {
    private final List<Alert> told = new CopyOnWriteArrayList<>();

    @Override
    public void fired(Alert alert) {
        told.add(alert);
    }

    @Override
    public void resolved(Alert alert) {
        told.add(alert);
    }

    /** All that it was told so far, in order. */
    List<Alert> told() {
        return List.copyOf(told);
    }

    /** How often it was told that something fires. */
    long fired() {
        return told.stream().filter(it -> it.state() == AlertState.FIRING).count();
    }

    /** Whether it was told that an alert of this queue fires. */
    boolean heardOf(String queue) {
        return told.stream()
                .anyMatch(it -> it.state() == AlertState.FIRING && it.queue().equals(queue));
    }
}
