package org.brokertck.tck.monitoring;

import java.util.Optional;
import java.util.Set;
import org.brokertck.api.monitoring.MonitorConfig;
import org.brokertck.api.monitoring.QueueMonitor;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.VirtualTime;

/**
 * All rules of the queue monitor. An implementer extends this class in the tests of an own build and supplies two methods; the build
 * then runs every rule that binds the implementation. A new instance is made for every test.
 */
public abstract class QueueMonitorTck
        implements AlertTimingRules,
                ArgumentRules,
                BoundsRules,
                CallbackCountRules,
                CallbackRules,
                ClosingRules,
                ConditionRules,
                CountingRules,
                EndpointRules,
                EpisodeRules,
                ExpositionRules,
                HistoryRules,
                InstanceRules,
                InterruptRules,
                RuleSetRules,
                SnapshotRules {
    /** For subclasses. */
    protected QueueMonitorTck() {}

    /**
     * Opens a monitor of the implementation under test.
     *
     * @param name used for one test only
     * @param config the settings of the monitor
     */
    protected abstract QueueMonitor openMonitor(String name, MonitorConfig config);

    /** What the implementation claims beyond the rules that bind everyone. */
    protected abstract Set<Capability> capabilities();

    /** A target on a manual clock, where there is one: without it most rules about alerts are not run. */
    protected Optional<VirtualTime> virtualTime() {
        return Optional.empty();
    }

    @Override
    public ConformanceTarget target() {
        return new ExtendedTarget(this);
    }

    /** What a subclass supplies, as a target. */
    private record ExtendedTarget(QueueMonitorTck tck) implements ConformanceTarget {
        @Override
        public String name() {
            return tck.getClass().getSimpleName();
        }

        @Override
        public Set<Capability> capabilities() {
            return tck.capabilities();
        }

        @Override
        public QueueMonitor openMonitor(String name, MonitorConfig config) {
            return tck.openMonitor(name, config);
        }

        @Override
        public Optional<VirtualTime> virtualTime() {
            return tck.virtualTime();
        }
    }
}
