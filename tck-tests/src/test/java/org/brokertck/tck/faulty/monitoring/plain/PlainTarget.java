package org.brokertck.tck.faulty.monitoring.plain;

import java.util.Optional;
import java.util.function.Function;
import org.brokertck.api.monitoring.MonitorConfig;
import org.brokertck.api.monitoring.QueueMonitor;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;
import org.brokertck.reference.time.VirtualClock;
import org.jspecify.annotations.Nullable;

/** A target that opens plain monitors, or variants of them, on the system's time and on a clock. */
public record PlainTarget(String name, @Nullable TimeSource time, Function<Opening, QueueMonitor> monitors)
        implements ConformanceTarget {
    /** A target on the system's time. */
    public static PlainTarget of(String name, Function<Opening, QueueMonitor> monitors) {
        return new PlainTarget(name, null, monitors);
    }

    @Override
    public QueueMonitor openMonitor(String monitor, MonitorConfig config) {
        if (time != null) {
            return monitors.apply(new Opening(monitor, config, time, () -> {}));
        }
        SystemTimeSource own = new SystemTimeSource("plain-" + monitor + "-timer");
        return monitors.apply(new Opening(monitor, config, own, own::close));
    }

    @Override
    public Optional<VirtualTime> virtualTime() {
        VirtualClock clock = new VirtualClock();
        return Optional.of(new VirtualTime(new PlainTarget(name, clock, monitors), clock));
    }
}
