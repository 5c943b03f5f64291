package org.brokertck.tck.faulty.broker.plain;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.api.target.BrokerControl;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Limits;
import org.brokertck.api.target.Unreachable;

/** Plain brokers that share a server, which can be killed, paused and cut off. */
public class SimulatedTarget implements ConformanceTarget {
    /** What no failure may show. */
    protected static final String PASSWORD = "s3cr3t-of-the-server";

    private final String name;
    private final Function<Opening, MessageBroker> brokers;
    private final PlainServer server = new PlainServer();

    /** Clients made by that function, of a server of their own. */
    public SimulatedTarget(String name, Function<Opening, MessageBroker> brokers) {
        this.name = name;
        this.brokers = brokers;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.REMOTE, Capability.RECONNECT);
    }

    @Override
    public MessageBroker openBroker(String broker, BrokerConfig config) {
        return brokers.apply(new Opening(broker, config, Limits.DEFAULT, server));
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
            public MessageBroker openBroker(String broker, BrokerConfig config) {
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
