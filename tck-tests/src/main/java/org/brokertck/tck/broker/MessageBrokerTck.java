package org.brokertck.tck.broker;

import java.util.Optional;
import java.util.Set;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.api.target.BrokerControl;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Limits;
import org.brokertck.api.target.Unreachable;

/**
 * All rules of the message broker. An implementer extends this class in the tests of an own build and supplies two methods; the build
 * then runs every rule that binds the implementation. A new instance is made for every test.
 */
public abstract class MessageBrokerTck
        implements ArgumentRules,
                ClosingRules,
                ConcurrencyRules,
                DeliveryRules,
                DrainRules,
                FidelityRules,
                HandlerRules,
                HealthRules,
                InterruptRules,
                IsolationRules,
                LeavingRules,
                LostConnectionRules,
                ScheduleRules,
                ReentrancyRules,
                SettingRules,
                SubscribingRules,
                UnreachableRules {
    /** For subclasses. */
    protected MessageBrokerTck() {}

    /**
     * Opens a broker of the implementation under test.
     *
     * @param name used for one test only, save where several instances behind a server are tested
     * @param config the settings of the broker
     */
    protected abstract MessageBroker openBroker(String name, BrokerConfig config);

    /** What the implementation claims beyond the rules that bind everyone. */
    protected abstract Set<Capability> capabilities();

    /** The sizes up to which messages are taken. */
    protected Limits limits() {
        return Limits.DEFAULT;
    }

    /** A target that points nowhere, for {@link Capability#REMOTE}. */
    protected Optional<Unreachable> unreachable() {
        return Optional.empty();
    }

    /** The switch of the server, where there is one. */
    protected Optional<BrokerControl> control() {
        return Optional.empty();
    }

    @Override
    public ConformanceTarget target() {
        return new ExtendedTarget(this);
    }

    /** What a subclass supplies, as a target. */
    private record ExtendedTarget(MessageBrokerTck tck) implements ConformanceTarget {
        @Override
        public String name() {
            return tck.getClass().getSimpleName();
        }

        @Override
        public Set<Capability> capabilities() {
            return tck.capabilities();
        }

        @Override
        public Limits limits() {
            return tck.limits();
        }

        @Override
        public MessageBroker openBroker(String name, BrokerConfig config) {
            return tck.openBroker(name, config);
        }

        @Override
        public Optional<Unreachable> unreachable() {
            return tck.unreachable();
        }

        @Override
        public Optional<BrokerControl> control() {
            return tck.control();
        }
    }
}
