package org.brokertck.cli.unsafe;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.BrokerControl;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.containers.BrokerContainer;

/**
 * A set-up of a queue that claims, as its authors would, all that a broker can be had for.
 *
 * @param name for reports
 * @param server shared with other set-ups; it outlives the target
 * @param opener opens a queue on it
 * @param remover deletes a queue from it
 */
record NaiveTarget(String name, BrokerContainer server, Opener opener, Consumer<String> remover)
        implements ConformanceTarget {
    /** Opens queues. */
    interface Opener {
        MessageQueue open(String queue, QueueConfig config);
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.DURABLE, Capability.REMOTE, Capability.RECONNECT, Capability.FAULTS);
    }

    @Override
    public MessageQueue openQueue(String queue, QueueConfig config) {
        return opener.open(queue, config);
    }

    @Override
    public void removeQueue(String queue) {
        remover.accept(queue);
    }

    @Override
    public Optional<BrokerControl> control() {
        return Optional.of(server.control());
    }
}
