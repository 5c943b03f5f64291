package org.brokertck.tck.monitoring;

import java.time.Duration;
import java.util.List;
import org.brokertck.api.monitoring.Outcome;
import org.brokertck.api.monitoring.QueueMonitor;

/** The calls that a closed monitor refuses. */
enum Operation {
    PRODUCED,
    CONSUMED,
    DEPTH,
    IN_FLIGHT,
    RETRIED,
    DEAD_LETTERED,
    SET_UP;

    void make(QueueMonitor monitor) {
        switch (this) {
            case PRODUCED -> monitor.recordProduced("orders", 1);
            case CONSUMED -> monitor.recordConsumed("orders", Duration.ofMillis(1), Outcome.SUCCESS);
            case DEPTH -> monitor.recordQueueDepth("orders", 3);
            case IN_FLIGHT -> monitor.recordInFlight("orders", 3);
            case RETRIED -> monitor.recordRetried("orders");
            case DEAD_LETTERED -> monitor.recordDeadLettered("orders");
            case SET_UP -> monitor.setupAlerts(List.of());
        }
    }
}
