package org.brokertck.tck.faulty.requestreply.simulated;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.requestreply.RequestReply;
import org.brokertck.api.requestreply.RequestReplyConfig;
import org.brokertck.api.target.BrokerControl;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Unreachable;
import org.brokertck.tck.faulty.requestreply.plain.Opening;

/** Clients of a simulated server, with every claim that a target can make. */
public class SimulatedTarget implements ConformanceTarget {
    /** What no failure may show. */
    protected static final String PASSWORD = "s3cr3t-of-the-server";

    private final String name;
    private final SimulatedExchange server;
    private final BiFunction<SimulatedExchange, Opening, RequestReply> brokers;

    /** Clients that keep the contract. */
    public SimulatedTarget() {
        this("simulated", SimulatedRequestReply::new);
    }

    /** Clients made by that function, of a server of their own. */
    public SimulatedTarget(String name, BiFunction<SimulatedExchange, Opening, RequestReply> brokers) {
        this.name = name;
        this.server = new SimulatedExchange();
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
    public RequestReply openRequestReply(String broker, RequestReplyConfig config) {
        return brokers.apply(server, Opening.of(broker, config).withLine(server.line(broker)));
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
            public RequestReply openRequestReply(String broker, RequestReplyConfig config) {
                throw refusal("127.0.0.1:9");
            }
        };
        return Optional.of(new Unreachable(nowhere, "127.0.0.1:9", PASSWORD));
    }

    /** What opening an instance on a server that is not there throws. */
    protected RuntimeException refusal(String address) {
        return new BrokerUnavailableException("No server answers at " + address + ": is it started?");
    }
}
