package org.brokertck.tck.pubsub;

import java.time.Duration;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.OverflowPolicy;
import org.brokertck.tck.history.pubsub.RecordedSubscription;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** A slow or stopped subscriber delays nobody. */
public interface SlowSubscriberRules extends PubSubRules {
    @Test
    @Verifies("P-9")
    default void aSubscriberThatTakesNothingDelaysNobodyWhenTheOldestGo() {
        publishBesideStopped(1, 4, OverflowPolicy.DROP_OLDEST, isRemote() ? 50 : 500);
    }

    @Test
    @Verifies("P-9")
    default void aSubscriberThatTakesNothingDelaysNobodyWhenTheNewestGo() {
        publishBesideStopped(1, 4, OverflowPolicy.DROP_NEWEST, isRemote() ? 50 : 500);
    }

    @Property
    @Verifies("P-9")
    default void anyNumberOfStoppedSubscribersDelayNobody(
            @ForAll @IntRange(min = 1, max = 5) int stopped,
            @ForAll @IntRange(min = 1, max = 8) int capacity,
            @ForAll OverflowPolicy overflow) {
        publishBesideStopped(stopped, capacity, overflow, isRemote() ? 20 : 100);
    }

    /** Messages go to one who takes each at once: first alone, then beside those who take nothing, whose buffers soon are full. */
    private void publishBesideStopped(int stopped, int capacity, OverflowPolicy overflow, int messages) {
        try (PubSubUnderTest broker = PubSubUnderTest.open(
                this,
                "P-9",
                config().bufferCapacity(capacity).overflow(overflow).build())) {
            RecordedSubscription quick = broker.subscribe("order.created");
            Duration alone = publishAndTake(broker, quick, "alone", messages);
            IntStream.range(0, stopped)
                    .forEach(i -> broker.subscribeWithPattern(i % 2 == 0 ? "order.created" : "order.#"));
            Duration beside = publishAndTake(broker, quick, "beside", messages);
            Duration limit = alone.multipliedBy(3).plus(timeouts().tolerance());
            broker.require(
                    beside.compareTo(limit) <= 0,
                    "publishing %d messages and taking each took %s beside %d subscribers that take nothing, and %s without them"
                            .formatted(messages, beside, stopped, alone));
        }
    }

    private Duration publishAndTake(PubSubUnderTest broker, RecordedSubscription quick, String round, int messages) {
        long start = System.nanoTime();
        broker.onPublisher("publish beside subscribers that take nothing", () -> {
            for (int i = 0; i < messages; i++) {
                String id = round + "-" + i;
                broker.recorded().publish(PubSubUnderTest.MAIN, "order.created", Messages.message(id));
                String received =
                        quick.poll(timeouts().await()).map(Message::id).orElse("nothing");
                broker.require(
                        received.equals(id),
                        "a subscriber that takes each message at once received %s where %s is due, beside others that take nothing"
                                .formatted(received, id));
            }
        });
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
