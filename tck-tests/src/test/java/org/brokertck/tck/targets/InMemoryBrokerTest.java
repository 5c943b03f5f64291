package org.brokertck.tck.targets;

import java.util.Set;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.reference.target.InMemoryTarget;
import org.brokertck.tck.broker.MessageBrokerTck;

/** The reference passes every rule of the message broker, tested as an implementer would test it. */
class InMemoryBrokerTest extends MessageBrokerTck {
    private final ConformanceTarget target = new InMemoryTarget();

    @Override
    public ConformanceTarget target() {
        return target;
    }

    @Override
    protected MessageBroker openBroker(String name, BrokerConfig config) {
        return target.openBroker(name, config);
    }

    @Override
    protected Set<Capability> capabilities() {
        return target.capabilities();
    }
}
