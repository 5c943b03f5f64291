package org.brokertck.tck.targets;

import java.util.Set;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.pubsub.PubSubBrokerTck;

/** Being watched changes nothing: a reference that is passes every rule. */
class WatchedPubSubTest extends PubSubBrokerTck {
    @Override
    public ConformanceTarget target() {
        return WatchedTarget.INSTANCE;
    }

    @Override
    protected PubSubBroker openPubSub(String name, PubSubConfig config) {
        return target().openPubSub(name, config);
    }

    @Override
    protected Set<Capability> capabilities() {
        return target().capabilities();
    }
}
