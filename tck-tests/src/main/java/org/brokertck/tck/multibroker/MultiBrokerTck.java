package org.brokertck.tck.multibroker;

import java.util.Optional;
import java.util.Set;
import org.brokertck.api.multibroker.MultiBroker;
import org.brokertck.api.multibroker.MultiBrokerConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.VirtualTime;

/**
 * All rules of the multi-broker. An implementer extends this class in the tests of an own build and supplies one method; the build then
 * runs every rule that binds the implementation. The brokers behind it are the kit's. A new instance is made for every test.
 */
public abstract class MultiBrokerTck
        implements AfterCloseRules,
                ArgumentRules,
                BalancingRules,
                BrokerClosingRules,
                CircuitRules,
                ClosingRules,
                ConcurrencyRules,
                FailoverRules,
                HandlerRules,
                HangingRules,
                HealthRules,
                InterruptRules,
                IsolationRules,
                ListenerRules,
                RecoveryRules,
                RefusalRules,
                RoutingRules,
                ScheduleRules,
                SubscribingRules,
                UnavailableRules {
    /** For subclasses. */
    protected MultiBrokerTck() {}

    /**
     * Opens a multi-broker of the implementation under test, without any broker.
     *
     * @param name used for one test only
     * @param config its settings
     */
    protected abstract MultiBroker openMultiBroker(String name, MultiBrokerConfig config);

    /** A target on a manual clock, where there is one: tests of time are exact then, and take none. */
    protected Optional<VirtualTime> virtualTime() {
        return Optional.empty();
    }

    @Override
    public ConformanceTarget target() {
        return new ExtendedTarget(this);
    }

    /** What a subclass supplies, as a target. */
    private record ExtendedTarget(MultiBrokerTck tck) implements ConformanceTarget {
        @Override
        public String name() {
            return tck.getClass().getSimpleName();
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of();
        }

        @Override
        public MultiBroker openMultiBroker(String name, MultiBrokerConfig config) {
            return tck.openMultiBroker(name, config);
        }

        @Override
        public Optional<VirtualTime> virtualTime() {
            return tck.virtualTime();
        }
    }
}
