package org.brokertck.tck.faulty.monitoring;

import java.util.function.Function;
import org.brokertck.api.monitoring.QueueMonitor;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.monitoring.plain.Opening;
import org.brokertck.tck.faulty.monitoring.plain.PlainTarget;

/** Makes faulty monitors. */
final class MonitorFault {
    private MonitorFault() {}

    /** A faulty variant of the plain monitor. */
    static Fault plain(
            String name, String rule, String finding, String description, Function<Opening, QueueMonitor> monitors) {
        return Fault.of(name, rule, finding, description, () -> PlainTarget.of(name, monitors));
    }
}
