package org.brokertck.tck.targets;

import java.time.Duration;
import org.brokertck.api.monitoring.MonitorConfig;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.reference.monitoring.InMemoryQueueMonitor;
import org.brokertck.reference.monitoring.watch.BrokerWatch;
import org.brokertck.reference.target.InMemoryTarget;
import org.brokertck.reference.time.SystemTimeSource;

/**
 * The reference, watched by one monitor for all tests, and that by another one, which knows nothing of what it watches: queues of the
 * reference count for their watch. The threads of both are there before any test counts them.
 */
final class WatchedTarget {
    static final ConformanceTarget INSTANCE = start();

    private WatchedTarget() {}

    private static ConformanceTarget start() {
        return watched("outer", watched("inner", new InMemoryTarget()));
    }

    private static ConformanceTarget watched(String name, ConformanceTarget target) {
        SystemTimeSource time = new SystemTimeSource(name + "-watch");
        time.schedule(Duration.ZERO, () -> {});
        return BrokerWatch.on(InMemoryQueueMonitor.open(name, MonitorConfig.defaults(), time), time)
                .target(target);
    }
}
