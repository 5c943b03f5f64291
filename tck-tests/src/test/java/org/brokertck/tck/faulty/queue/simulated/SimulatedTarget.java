package org.brokertck.tck.faulty.queue.simulated;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.BrokerControl;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Unreachable;
import org.brokertck.tck.faulty.queue.plain.Opening;

/** Clients of a simulated server, with every claim that a target can make. */
public class SimulatedTarget implements ConformanceTarget {
    /** What no failure may show. */
    protected static final String PASSWORD = "s3cr3t-of-the-server";

    private final String name;
    private final SimulatedServer server;
    private final BiFunction<SimulatedServer, Opening, MessageQueue> queues;

    /** Clients that keep the contract. */
    public SimulatedTarget() {
        this("simulated", new SimulatedServer(), SimulatedQueue::new);
    }

    /** Clients made by that function. */
    public SimulatedTarget(
            String name, SimulatedServer server, BiFunction<SimulatedServer, Opening, MessageQueue> queues) {
        this.name = name;
        this.server = server;
        this.queues = queues;
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
    public MessageQueue openQueue(String queue, QueueConfig config) {
        return queues.apply(server, Opening.of(queue, config).withShelf(server.shelf(queue)));
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
            public MessageQueue openQueue(String queue, QueueConfig config) {
                throw refusal("127.0.0.1:9");
            }
        };
        return Optional.of(new Unreachable(nowhere, "127.0.0.1:9", PASSWORD));
    }

    /** What opening a queue on a server that is not there throws. */
    protected RuntimeException refusal(String address) {
        return new BrokerUnavailableException("No server answers at " + address + ": is it started?");
    }
}
