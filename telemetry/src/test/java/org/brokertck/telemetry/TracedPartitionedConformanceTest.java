package org.brokertck.telemetry;

import java.util.Set;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.partitioned.PartitionedBrokerTck;

/** A traced reference passes every rule. */
class TracedPartitionedConformanceTest extends PartitionedBrokerTck {
    private final ConformanceTarget target = TracedTarget.withContext();

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
