package org.brokertck.telemetry;

import java.util.Set;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.pubsub.PubSubBrokerTck;

/** A traced reference passes every rule. */
class TracedPubSubConformanceTest extends PubSubBrokerTck {
    private final ConformanceTarget target = TracedTarget.withoutContext();

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
