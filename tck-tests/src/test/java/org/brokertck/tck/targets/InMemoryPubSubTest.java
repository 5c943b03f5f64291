package org.brokertck.tck.targets;

import java.util.Set;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.reference.target.InMemoryTarget;
import org.brokertck.tck.pubsub.PubSubBrokerTck;

/** The reference passes every rule of publish/subscribe, tested as an implementer would test it. */
class InMemoryPubSubTest extends PubSubBrokerTck {
    private final ConformanceTarget target = new InMemoryTarget();

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
