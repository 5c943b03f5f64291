package org.brokertck.tck.workload.pubsub;

import java.util.List;
import org.brokertck.api.pubsub.OverflowPolicy;

/**
 * What publishers and subscribers do to one broker.
 *
 * @param publishers the messages of each publisher, in its order
 * @param subscribers the subscribers
 * @param bufferCapacity how many messages each subscription buffers
 * @param overflow what a full one drops
 * @param closesAfter how many publishes must have begun before the broker is closed under way;
 *     {@link PlannedSubscriber#NEVER} to let it come to rest first
 */
public record PubSubWorkload(
        List<List<PlannedPublish>> publishers,
        List<PlannedSubscriber> subscribers,
        int bufferCapacity,
        OverflowPolicy overflow,
        int closesAfter) {
    /** Whether the broker is closed under way. */
    public boolean closes() {
        return closesAfter != PlannedSubscriber.NEVER;
    }

    @Override
    public String toString() {
        String closing = closes() ? "\n    closed after " + closesAfter + " publishes" : "";
        return "bufferCapacity %d, %s\n    publishers: %s\n    subscribers: %s%s"
                .formatted(bufferCapacity, overflow, publishers, subscribers, closing);
    }
}
