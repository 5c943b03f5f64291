package org.brokertck.cli.unsafe;

import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.target.BrokerControl;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.containers.BrokerContainer;

/**
 * A set-up of a partitioned log that claims neither offsets nor replay.
 *
 * @param name for reports
 * @param server shared with other set-ups; it outlives the target
 * @param opener opens a broker on it
 * @param remover deletes a broker from it
 */
record NaivePartitionedTarget(
        String name,
        BrokerContainer server,
        BiFunction<String, PartitionedConfig, PartitionedBroker> opener,
        Consumer<String> remover)
        implements ConformanceTarget {
    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.REMOTE, Capability.RECONNECT, Capability.FAULTS);
    }

    @Override
    public PartitionedBroker openPartitioned(String broker, PartitionedConfig config) {
        return opener.apply(broker, config);
    }

    @Override
    public void removePartitioned(String broker) {
        remover.accept(broker);
    }

    @Override
    public Optional<BrokerControl> control() {
        return Optional.of(server.control());
    }
}
