package org.brokertck.tck.targets;

import java.util.Optional;
import org.brokertck.api.multibroker.MultiBroker;
import org.brokertck.api.multibroker.MultiBrokerConfig;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.reference.target.InMemoryTarget;
import org.brokertck.tck.multibroker.MultiBrokerTck;

/** The reference passes every rule of the multi-broker, tested as an implementer would test it. */
class InMemoryMultiBrokerTest extends MultiBrokerTck {
    private final ConformanceTarget target = new InMemoryTarget();

    @Override
    protected MultiBroker openMultiBroker(String name, MultiBrokerConfig config) {
        return target.openMultiBroker(name, config);
    }

    @Override
    protected Optional<VirtualTime> virtualTime() {
        return target.virtualTime();
    }
}
