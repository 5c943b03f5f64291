package org.brokertck.tck.suite;

import java.util.Set;
import org.brokertck.api.monitoring.MonitorConfig;
import org.brokertck.api.monitoring.QueueMonitor;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.monitoring.QueueMonitorTck;
import org.brokertck.tck.run.CurrentTarget;

/** All rule tests of the queue monitor, against {@link CurrentTarget}. */
public final class MonitorSuite extends QueueMonitorTck {
    @Override
    public ConformanceTarget target() {
        return CurrentTarget.get();
    }

    @Override
    protected QueueMonitor openMonitor(String name, MonitorConfig config) {
        return target().openMonitor(name, config);
    }

    @Override
    protected Set<Capability> capabilities() {
        return target().capabilities();
    }
}
