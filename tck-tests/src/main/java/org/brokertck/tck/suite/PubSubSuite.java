package org.brokertck.tck.suite;

import java.util.Set;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.pubsub.PubSubBrokerTck;
import org.brokertck.tck.run.CurrentTarget;

/** All rule tests of publish/subscribe, against {@link CurrentTarget}. */
public final class PubSubSuite extends PubSubBrokerTck {
    @Override
    public ConformanceTarget target() {
        return CurrentTarget.get();
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
