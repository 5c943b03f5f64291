package org.brokertck.tck.pubsub;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.OverflowPolicy;
import org.brokertck.tck.check.pubsub.InPublishOrder;
import org.brokertck.tck.check.pubsub.NothingMissing;
import org.brokertck.tck.history.pubsub.RecordedSubscription;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.pubsub.PubSubWorkload;
import org.brokertck.tck.workload.pubsub.PubSubWorkloads;
import org.junit.jupiter.api.Test;

/** Per publisher thread and subscription, messages arrive in publish order. */
public interface OrderRules extends PubSubRules {
    /** Neither the topic nor what is in a message changes the order. */
    @Test
    @Verifies("P-7")
    default void messagesOfAllTopicsArriveInPublishOrder() {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "P-7")) {
            List.of("#", "order.#", "order.*", "*.*").forEach(broker::subscribeWithPattern);
            broker.subscribe("order.created");
            List<String> topics = List.of("order.created", "order", "order.shipped", "user.created", "order.a.b");
            broker.onPublisher(
                    "publish to several topics",
                    () -> IntStream.range(0, isRemote() ? 60 : 500)
                            .forEach(i -> broker.recorded()
                                    .publish(
                                            PubSubUnderTest.MAIN,
                                            topics.get((i * 7 + i / 5) % topics.size()),
                                            Messages.builder("m-" + i)
                                                    .payload(new byte[i % 17 * 50])
                                                    .build())));
            broker.judgeDrained(new InPublishOrder().and(new NothingMissing()));
        }
    }

    /** Large ones, which are tempting to send another way, among small ones. */
    @Test
    @Verifies("P-7")
    default void messagesOfAllSizesArriveInPublishOrder() {
        int largest = Math.min(target().limits().maxPayloadBytes(), 1 << 20);
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "P-7")) {
            broker.subscribe("order.created");
            broker.subscribeWithPattern("order.#");
            for (int size = largest; size >= 1 << 10; size /= 4) {
                broker.publishAll(
                        "order.created",
                        List.of(
                                Messages.builder("large-" + size)
                                        .payload(new byte[size])
                                        .build(),
                                Messages.message("small-after-" + size)));
            }
            broker.judgeDrained(new InPublishOrder().and(new NothingMissing()));
        }
    }

    @Test
    @Verifies("P-7")
    default void messagesOfEachPublisherArriveInItsOrder() {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "P-7")) {
            broker.subscribe("order.created");
            broker.subscribeWithPattern("#");
            int messages = isRemote() ? 20 : 1000;
            Sentinels sentinels = new Sentinels(4);
            List<Running<Boolean>> publishers = IntStream.range(0, 4)
                    .mapToObj(p -> Bounded.startRun("publisher-" + p, () -> {
                        publishNumbered(broker, p, messages);
                        sentinels.send(broker, "publisher-" + p);
                    }))
                    .toList();
            publishers.forEach(it -> broker.run(
                    "publish by several threads",
                    timeouts().await().multipliedBy(2),
                    () -> it.await(timeouts().await())));
            Drain.upTo(broker, sentinels);
            broker.judgeAsDrained(new InPublishOrder().and(new NothingMissing()));
        }
    }

    private static void publishNumbered(PubSubUnderTest broker, int publisher, int messages) {
        String name = "publisher-" + publisher;
        for (int i = 0; i < messages; i++) {
            String topic = i % 2 == 0 ? "order.created" : "order.shipped";
            broker.recorded().publish(name, topic, Messages.message(name + "-" + i));
        }
    }

    @Property
    @Verifies("P-7")
    default void anyPublishersMessagesArriveInItsOrder(
            @ForAll(supplier = PubSubWorkloads.Calm.class) PubSubWorkload workload) {
        PubSubDriver.judge(this, "P-7", workload, new InPublishOrder());
    }

    @Test
    @Verifies("P-7")
    default void whatAnOverflowedBufferHoldsArrivesInOrder() {
        for (OverflowPolicy policy : OverflowPolicy.values()) {
            try (PubSubUnderTest broker = PubSubUnderTest.open(
                    this, "P-7", config().bufferCapacity(4).overflow(policy).build())) {
                RecordedSubscription subscription = broker.subscribe("order.created");
                broker.publishAll("order.created", Messages.numbered(9));
                broker.awaitDropped(subscription, 5);
                for (int i = 0; i < 4; i++) {
                    Optional<Message> unused = broker.pollNow(subscription);
                }
                broker.judge(new InPublishOrder());
            }
        }
    }

    /** What is left of the order where buffers overflow. */
    @Property
    @Verifies("P-7")
    default void whatWasNotDroppedArrivesInOrder(
            @ForAll(supplier = PubSubWorkloads.Overflowing.class) PubSubWorkload workload) {
        PubSubDriver.judge(this, "P-7", workload, new InPublishOrder());
    }
}
