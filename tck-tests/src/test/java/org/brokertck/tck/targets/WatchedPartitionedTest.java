package org.brokertck.tck.targets;

import java.util.Set;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.partitioned.PartitionedBrokerTck;

/** Being watched changes nothing: a reference that is passes every rule. */
class WatchedPartitionedTest extends PartitionedBrokerTck {
    @Override
    public ConformanceTarget target() {
        return WatchedTarget.INSTANCE;
    }

    @Override
    protected PartitionedBroker openPartitioned(String name, PartitionedConfig config) {
        return target().openPartitioned(name, config);
    }

    @Override
    protected Set<Capability> capabilities() {
        return target().capabilities();
    }
}
