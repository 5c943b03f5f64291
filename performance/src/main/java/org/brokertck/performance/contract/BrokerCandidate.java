package org.brokertck.performance.contract;

import java.time.Duration;
import org.brokertck.api.message.Message;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.performance.load.Candidate;
import org.brokertck.performance.load.Lane;
import org.brokertck.performance.load.Sender;
import org.brokertck.performance.load.Setup;
import org.brokertck.performance.load.Sink;
import org.brokertck.performance.load.Stamp;

/** A target's message broker, with one subscriber: every further one would receive copies. */
public final class BrokerCandidate implements Candidate<Message> {
    private static final String TOPIC = "bench.messages";

    private final ConformanceTarget target;

    /** @param target stays open */
    public BrokerCandidate(ConformanceTarget target) {
        this.target = target;
    }

    @Override
    public String name() {
        return target.name();
    }

    @Override
    public Lane<Message> open(Setup setup, Sink sink) {
        String name = Names.fresh();
        BrokerConfig config = BrokerConfig.builder()
                .capacity(setup.capacity())
                .produceTimeout(Duration.ofMinutes(1))
                .build();
        MessageBroker broker = target.openBroker(name, config);
        broker.subscribe(TOPIC, message -> sink.accept(Stamp.of(message.payloadBuffer())));
        return new Lane<>() {
            @Override
            public Sender<Message> sender() {
                return message -> broker.produce(TOPIC, message);
            }

            @Override
            public void close() {
                broker.close();
                target.removeBroker(name);
            }
        };
    }
}
