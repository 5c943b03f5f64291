package org.brokertck.tck.targets;

import java.util.Set;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.reference.target.InMemoryTarget;
import org.brokertck.tck.partitioned.PartitionedBrokerTck;

/** The reference passes every rule, tested as an implementer would test it. */
class InMemoryPartitionedTest extends PartitionedBrokerTck {
    private final ConformanceTarget target = new InMemoryTarget();

    @Override
    public ConformanceTarget target() {
        return target;
    }

    @Override
    protected PartitionedBroker openPartitioned(String name, PartitionedConfig config) {
        return target.openPartitioned(name, config);
    }

    @Override
    protected Set<Capability> capabilities() {
        return target.capabilities();
    }
}
