package org.brokertck.tck.workload.broker;

import java.util.List;

/**
 * What producers and subscribers do to one broker.
 *
 * @param producers the messages of each producer, in its order
 * @param listeners the subscribers
 */
public record BrokerWorkload(List<List<PlannedProduce>> producers, List<PlannedListener> listeners) {
    /** How many messages there are. */
    public int messages() {
        return producers.stream().mapToInt(List::size).sum();
    }

    @Override
    public String toString() {
        return "producers: %s\n    listeners: %s".formatted(producers, listeners);
    }
}
