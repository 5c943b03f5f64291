package org.brokertck.tck.workload;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.brokertck.api.queue.Backoff;

/**
 * What producers and consumers do to one queue.
 *
 * @param producers the messages of each producer, in its order
 * @param consumers the consumers; the first joins at once and stays
 * @param backoff the delays between attempts
 * @param capacity the capacity of the queue
 * @param closesAfter how many attempts must have begun before the queue is closed under way; {@link PlannedConsumer#NEVER} to
 *     let it come to rest first
 */
public record QueueWorkload(
        List<List<PlannedMessage>> producers,
        List<PlannedConsumer> consumers,
        Backoff backoff,
        int capacity,
        int closesAfter) {
    /** All messages by their ids. */
    public Map<String, PlannedMessage> messagesById() {
        return producers.stream()
                .flatMap(List::stream)
                .collect(Collectors.toMap(PlannedMessage::id, Function.identity()));
    }

    @Override
    public String toString() {
        String closing = closesAfter == PlannedConsumer.NEVER ? "" : "\n    closed after " + closesAfter + " attempts";
        return "capacity %d, %s\n    producers: %s\n    consumers: %s%s"
                .formatted(capacity, backoff, producers, consumers, closing);
    }
}
