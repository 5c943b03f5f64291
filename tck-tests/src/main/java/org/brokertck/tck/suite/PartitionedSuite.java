package org.brokertck.tck.suite;

import java.util.Set;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.partitioned.PartitionedBrokerTck;
import org.brokertck.tck.run.CurrentTarget;

/** All rule tests of the partitioned broker, against {@link CurrentTarget}. */
public final class PartitionedSuite extends PartitionedBrokerTck {
    @Override
    public ConformanceTarget target() {
        return CurrentTarget.get();
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
