package org.brokertck.tck.targets;

import java.time.Duration;
import org.brokertck.api.monitoring.MonitorConfig;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.reference.monitoring.InMemoryQueueMonitor;
import org.brokertck.reference.monitoring.watch.BrokerWatch;
import org.brokertck.reference.target.InMemoryTarget;
import org.brokertck.reference.time.SystemTimeSource;

/** The reference, watched by one monitor for all tests, whose threads are there before any test counts them. */
final class WatchedTarget {
    static final ConformanceTarget INSTANCE = start();

    private WatchedTarget() {}

    private static ConformanceTarget start() {
        SystemTimeSource time = new SystemTimeSource("watched-target");
        time.schedule(Duration.ZERO, () -> {});
        InMemoryQueueMonitor monitor = InMemoryQueueMonitor.open("watched", MonitorConfig.defaults(), time);
        return BrokerWatch.on(monitor, time).target(new InMemoryTarget());
    }
}
