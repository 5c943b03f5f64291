package org.brokertck.tck.faulty.pubsub;

import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.pubsub.plain.Opening;
import org.brokertck.tck.faulty.pubsub.plain.PlainPubSub;
import org.brokertck.tck.faulty.pubsub.plain.PlainSubscription;
import org.brokertck.tck.faulty.pubsub.plain.PlainTarget;
import org.brokertck.tck.faulty.pubsub.simulated.SimulatedRelay;
import org.brokertck.tck.faulty.pubsub.simulated.SimulatedTarget;

/** Makes faulty publish/subscribe brokers. */
final class PubSubFault {
    private PubSubFault() {}

    /** A faulty variant of the plain broker. */
    static Fault plain(
            String name, String rule, String finding, String description, Function<Opening, PubSubBroker> brokers) {
        return Fault.of(name, rule, finding, description, () -> PlainTarget.of(name, brokers));
    }

    /** A plain broker that matches topics in its own way: by pattern, then topic. */
    static Fault matching(
            String name, String rule, String finding, String description, BiPredicate<String, String> matches) {
        return plain(name, rule, finding, description, it -> new PlainPubSub(it) {
            @Override
            protected boolean matches(String pattern, String topic) {
                return matches.test(pattern, topic);
            }
        });
    }

    /** A plain broker with faulty subscriptions. */
    static Fault subscription(
            String name,
            String rule,
            String finding,
            String description,
            BiFunction<PlainPubSub, String, PlainSubscription> making) {
        return plain(name, rule, finding, description, it -> new PlainPubSub(it) {
            @Override
            protected PlainSubscription newSubscription(String text) {
                return making.apply(this, text);
            }
        });
    }

    /** A faulty client of a simulated server that does its part well. */
    static Fault remote(
            String name,
            String rule,
            String finding,
            String description,
            BiFunction<SimulatedRelay, Opening, PubSubBroker> brokers) {
        return Fault.of(name, rule, finding, description, () -> new SimulatedTarget(name, brokers));
    }
}
