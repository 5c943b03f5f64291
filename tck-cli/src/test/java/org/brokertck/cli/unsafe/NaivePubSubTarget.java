package org.brokertck.cli.unsafe;

import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.target.BrokerControl;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.containers.BrokerContainer;

/**
 * A publish/subscribe set-up that claims, as its authors would, all that a broker can be had for.
 *
 * @param name for reports
 * @param server shared with other set-ups; it outlives the target
 * @param opener opens a broker on it
 * @param remover deletes a broker from it
 */
record NaivePubSubTarget(
        String name,
        BrokerContainer server,
        BiFunction<String, PubSubConfig, PubSubBroker> opener,
        Consumer<String> remover)
        implements ConformanceTarget {
    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.REMOTE, Capability.RECONNECT, Capability.FAULTS);
    }

    @Override
    public PubSubBroker openPubSub(String broker, PubSubConfig config) {
        return opener.apply(broker, config);
    }

    @Override
    public void removePubSub(String broker) {
        remover.accept(broker);
    }

    @Override
    public Optional<BrokerControl> control() {
        return Optional.of(server.control());
    }
}
