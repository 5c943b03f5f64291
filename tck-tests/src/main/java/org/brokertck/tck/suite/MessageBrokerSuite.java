package org.brokertck.tck.suite;

import java.util.Set;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.broker.MessageBrokerTck;
import org.brokertck.tck.run.CurrentTarget;

/** All rule tests of the message broker, against {@link CurrentTarget}. */
public final class MessageBrokerSuite extends MessageBrokerTck {
    @Override
    public ConformanceTarget target() {
        return CurrentTarget.get();
    }

    @Override
    protected MessageBroker openBroker(String name, BrokerConfig config) {
        return target().openBroker(name, config);
    }

    @Override
    protected Set<Capability> capabilities() {
        return target().capabilities();
    }
}
