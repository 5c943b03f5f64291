package org.brokertck.tck.faulty.broker.plain;

import java.util.function.Function;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Limits;

/** A target that opens plain brokers in memory, or variants of them. */
public record PlainTarget(String name, Function<Opening, MessageBroker> brokers) implements ConformanceTarget {
    @Override
    public MessageBroker openBroker(String broker, BrokerConfig config) {
        return brokers.apply(new Opening(broker, config, Limits.DEFAULT, new PlainServer()));
    }
}
