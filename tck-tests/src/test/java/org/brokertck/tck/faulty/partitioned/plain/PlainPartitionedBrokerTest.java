package org.brokertck.tck.faulty.partitioned.plain;

import java.util.Set;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.partitioned.PartitionedBrokerTck;

/** The plain broker passes every rule, so that what fails on its variants is their fault. */
class PlainPartitionedBrokerTest extends PartitionedBrokerTck {
    private final ConformanceTarget target = PlainTarget.of("plain", PlainPartitionedBroker::new);

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
