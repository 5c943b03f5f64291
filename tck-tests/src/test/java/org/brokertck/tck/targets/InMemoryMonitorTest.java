package org.brokertck.tck.targets;

import java.util.Set;
import org.brokertck.api.monitoring.MonitorConfig;
import org.brokertck.api.monitoring.QueueMonitor;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.reference.target.InMemoryTarget;
import org.brokertck.tck.monitoring.QueueMonitorTck;

/** The reference passes every rule of the queue monitor, tested as an implementer would test it. */
class InMemoryMonitorTest extends QueueMonitorTck {
    private final ConformanceTarget target = new InMemoryTarget();

    @Override
    public ConformanceTarget target() {
        return target;
    }

    @Override
    protected QueueMonitor openMonitor(String name, MonitorConfig config) {
        return target.openMonitor(name, config);
    }

    @Override
    protected Set<Capability> capabilities() {
        return target.capabilities();
    }
}
