package org.brokertck.tck.pubsub;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.OverflowPolicy;
import org.brokertck.tck.check.pubsub.DropsCounted;
import org.brokertck.tck.check.pubsub.ReceivedOnce;
import org.brokertck.tck.history.pubsub.RecordedSubscription;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.pubsub.PubSubWorkload;
import org.brokertck.tck.workload.pubsub.PubSubWorkloads;
import org.junit.jupiter.api.Test;

/** A full buffer drops by the policy, and counts exactly what it drops. */
public interface OverflowRules extends PubSubRules {
    @Test
    @Verifies("P-10")
    default void theOldestAreDroppedWhereThatIsThePolicy() {
        overflow(OverflowPolicy.DROP_OLDEST, 3, List.of(10, -2, 1, -2, 3, -3, 4, -4));
        overflow(OverflowPolicy.DROP_OLDEST, 1, List.of(1, 1, -1, 2, -1));
    }

    @Test
    @Verifies("P-10")
    default void theNewestAreDroppedWhereThatIsThePolicy() {
        overflow(OverflowPolicy.DROP_NEWEST, 3, List.of(10, -2, 1, -2, 3, -3, 4, -4));
        overflow(OverflowPolicy.DROP_NEWEST, 1, List.of(1, 1, -1, 2, -1));
    }

    @Test
    @Verifies("P-10")
    default void aBufferHoldsItsWholeCapacity() {
        for (OverflowPolicy policy : OverflowPolicy.values()) {
            overflow(policy, 100, List.of(100, -100, 50, -20, 70, -100));
            overflow(policy, 7, List.of(7, 1, -7));
        }
    }

    @Property
    @Verifies("P-10")
    default void anyOverflowDropsByThePolicy(
            @ForAll OverflowPolicy policy,
            @ForAll @IntRange(min = 1, max = 5) int capacity,
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = -4, max = 7) Integer> steps) {
        overflow(policy, capacity, steps);
    }

    @Property
    @Verifies("P-10")
    default void receivedAndDroppedMakeUpWhatMatched(
            @ForAll(supplier = PubSubWorkloads.Overflowing.class) PubSubWorkload workload) {
        PubSubDriver.judge(this, "P-10", workload, new DropsCounted().and(new ReceivedOnce()));
    }

    /**
     * Publishes so many messages with each positive step, takes so many with each negative one, and compares with a buffer of the
     * kit's own. That a drop is counted tells that all before it has arrived, so that nothing waits for a quiet period.
     */
    private void overflow(OverflowPolicy policy, int capacity, List<Integer> steps) {
        try (PubSubUnderTest broker = PubSubUnderTest.open(
                this, "P-10", config().bufferCapacity(capacity).overflow(policy).build())) {
            RecordedSubscription subscription = broker.subscribeWithPattern("order.*");
            Buffer model = new Buffer(policy, capacity);
            int next = 0;
            for (int step : steps) {
                if (step > 0) {
                    List<Message> messages = numbered(next, step);
                    next += step;
                    broker.publishAll("order.created", messages);
                    messages.forEach(it -> model.add(it.id()));
                    broker.awaitDropped(subscription, model.dropped);
                } else {
                    take(broker, subscription, model, -step);
                }
            }
            take(broker, subscription, model, capacity + 1);
            broker.awaitDropped(subscription, model.dropped);
        }
    }

    private static List<Message> numbered(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> Messages.message("m-" + i))
                .toList();
    }

    private static void take(PubSubUnderTest broker, RecordedSubscription subscription, Buffer model, int count) {
        List<String> due = new ArrayList<>();
        for (int i = 0; i < count && !model.ids.isEmpty(); i++) {
            due.add(model.ids.removeFirst());
        }
        for (String id : due) {
            Optional<Message> message = broker.call(
                    "poll",
                    broker.timeouts().await().multipliedBy(2),
                    () -> subscription.poll(broker.timeouts().await()));
            String received = message.map(Message::id).orElse("nothing");
            broker.require(
                    received.equals(id),
                    "a buffer of %d that drops by %s gave out %s where %s is due: %d dropped so far"
                            .formatted(model.capacity, model.policy, received, id, model.dropped));
        }
        if (due.size() < count) {
            Optional<Message> more = broker.pollNow(subscription);
            broker.require(
                    more.isEmpty(),
                    "a buffer of %d that drops by %s gave out %s when it should have been empty"
                            .formatted(
                                    model.capacity,
                                    model.policy,
                                    more.map(Message::id).orElse("")));
        }
    }

    /** What a buffer holds, as the rule says. */
    final class Buffer {
        private final OverflowPolicy policy;
        private final int capacity;
        private final Deque<String> ids = new ArrayDeque<>();
        private long dropped;

        private Buffer(OverflowPolicy policy, int capacity) {
            this.policy = policy;
            this.capacity = capacity;
        }

        private void add(String id) {
            boolean full = ids.size() == capacity;
            if (full) {
                dropped++;
            }
            if (full && policy == OverflowPolicy.DROP_OLDEST) {
                ids.removeFirst();
            }
            if (!full || policy == OverflowPolicy.DROP_OLDEST) {
                ids.addLast(id);
            }
        }
    }
}
