package org.brokertck.tck.faulty.pubsub.simulated;

import java.util.Set;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.pubsub.PubSubBrokerTck;

/** The simulated server passes every rule, so that what fails on its variants is their fault. */
class SimulatedRelayTest extends PubSubBrokerTck {
    private final ConformanceTarget target = new SimulatedTarget();

    @Override
    public ConformanceTarget target() {
        return target;
    }

    @Override
    protected PubSubBroker openPubSub(String name, PubSubConfig config) {
        return target.openPubSub(name, config);
    }

    @Override
    protected Set<Capability> capabilities() {
        return target.capabilities();
    }
}
