package org.brokertck.tck.faulty.broker;

import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.broker.plain.Opening;
import org.brokertck.tck.faulty.broker.plain.PlainBroker;
import org.brokertck.tck.faulty.broker.plain.PlainLine;
import org.brokertck.tck.faulty.broker.plain.PlainTarget;
import org.brokertck.tck.faulty.broker.plain.SimulatedTarget;

/** Makes faulty message brokers. */
final class BrokerFault {
    private BrokerFault() {}

    /** A faulty variant of the plain broker, in memory. */
    static Fault plain(
            String name, String rule, String finding, String description, Function<Opening, MessageBroker> brokers) {
        return Fault.of(name, rule, finding, description, () -> new PlainTarget(name, brokers));
    }

    /** A plain broker that keeps messages in its own way. */
    static Fault stored(String name, String rule, String finding, String description, UnaryOperator<Message> keeping) {
        return plain(name, rule, finding, description, it -> new PlainBroker(it) {
            @Override
            protected Message stored(String topic, Message message) {
                return keeping.apply(super.stored(topic, message));
            }
        });
    }

    /** A plain broker with faulty subscribers. */
    static Fault lines(
            String name,
            String rule,
            String finding,
            String description,
            BiFunction<PlainBroker, Subscription, PlainLine> making) {
        return plain(name, rule, finding, description, it -> new PlainBroker(it) {
            @Override
            protected PlainLine newLine(String topic, MessageHandler handler) {
                return making.apply(this, new Subscription(topic, handler));
            }
        });
    }

    /**
     * What a subscriber asked for.
     *
     * @param topic what it hears
     * @param handler what hears it
     */
    record Subscription(String topic, MessageHandler handler) {}

    /** A faulty client of a server that does its part well. */
    static Fault remote(
            String name, String rule, String finding, String description, Function<Opening, MessageBroker> brokers) {
        return Fault.of(name, rule, finding, description, () -> new SimulatedTarget(name, brokers));
    }
}
