package org.brokertck.reference.monitoring;

import java.util.ArrayDeque;
import java.util.List;
import org.brokertck.api.monitoring.Alert;

/** The newest alerts that fired or were resolved, oldest first (rule O-9). */
final class AlertLog {
    private final int capacity;
    private final ArrayDeque<Alert> alerts = new ArrayDeque<>();

    AlertLog(int capacity) {
        this.capacity = capacity;
    }

    synchronized void add(Alert alert) {
        if (alerts.size() == capacity) {
            alerts.removeFirst();
        }
        alerts.addLast(alert);
    }

    synchronized List<Alert> all() {
        return List.copyOf(alerts);
    }
}
