package org.brokertck.tck.faulty.partitioned.simulated;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.target.BrokerControl;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Unreachable;
import org.brokertck.tck.faulty.partitioned.plain.Opening;

/** Clients of a simulated server, with every claim that a target can make. */
public class SimulatedTarget implements ConformanceTarget {
    /** What no failure may show. */
    protected static final String PASSWORD = "s3cr3t-of-the-server";

    private final String name;
    private final SimulatedServer server;
    private final BiFunction<SimulatedServer, Opening, PartitionedBroker> brokers;

    /** Clients that keep the contract. */
    public SimulatedTarget() {
        this("simulated", new SimulatedServer(), SimulatedBroker::new);
    }

    /** Clients made by that function. */
    public SimulatedTarget(
            String name, SimulatedServer server, BiFunction<SimulatedServer, Opening, PartitionedBroker> brokers) {
        this.name = name;
        this.server = server;
        this.brokers = brokers;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public PartitionedBroker openPartitioned(String broker, PartitionedConfig config) {
        return brokers.apply(server, Opening.of(broker, config).withStore(server.store(broker)));
    }

    @Override
    public void removePartitioned(String broker) {
        server.remove(broker);
    }

    @Override
    public Optional<BrokerControl> control() {
        return Optional.of(server);
    }

    @Override
    public Optional<Unreachable> unreachable() {
        ConformanceTarget nowhere = new ConformanceTarget() {
            @Override
            public String name() {
                return "nowhere";
            }

            @Override
            public PartitionedBroker openPartitioned(String broker, PartitionedConfig config) {
                throw refusal("127.0.0.1:9");
            }
        };
        return Optional.of(new Unreachable(nowhere, "127.0.0.1:9", PASSWORD));
    }

    /** What opening a broker on a server that is not there throws. */
    protected RuntimeException refusal(String address) {
        return new BrokerUnavailableException("No server answers at " + address + ": is it started?");
    }
}
