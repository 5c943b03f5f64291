package org.brokertck.tck.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.multibroker.TopicSubscription;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.check.broker.NothingInvented;
import org.brokertck.tck.check.broker.NothingLost;
import org.brokertck.tck.history.broker.Handling;
import org.brokertck.tck.history.broker.RecordedTopics;
import org.brokertck.tck.scenario.Gate;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.Together;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Each subscription stands for itself: by its very topic, with a copy of its own, and up to its own end. */
public interface SubscribingRules extends BrokerRules {
    /** Topics that something takes for one: trimmed, normalised, cut at a zero or folded. */
    List<String> ALIKE = List.of(
            "caf\u00e9",
            "cafe\u0301",
            "CAF\u00c9",
            " caf\u00e9",
            "caf\u00e9\n",
            "caf\u00e9\u0000",
            "caf\u00e9\u0000x",
            "\ufeffcaf\u00e9",
            "caf%C3%A9",
            "\"caf\u00e9\"");

    @Test
    @Verifies("B-1")
    default void topicsAreComparedCharacterByCharacter() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "B-1")) {
            ALIKE.forEach(broker::subscribe);
            for (int i = 0; i < ALIKE.size(); i++) {
                broker.produce(ALIKE.get(i), Messages.message("to-topic-" + i));
            }
            broker.judgeSettled(new NothingInvented().and(new NothingLost()));
        }
    }

    /** Who subscribes twice hears twice, be it with one handler. */
    @Test
    @Verifies("B-1")
    default void oneHandlerMaySubscribeTwice() {
        Map<String, Integer> heard = new ConcurrentHashMap<>();
        MessageHandler handler = message -> heard.merge(message.id(), 1, Integer::sum);
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "B-1")) {
            // Not recorded, since a recorded handler is another one each time.
            List<TopicSubscription> subscriptions = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                subscriptions.add(broker.call(
                        "subscribe to 'order.created'",
                        () -> broker.unrecorded().subscribe("order.created", handler)));
            }
            List<Message> messages = Messages.numbered(5);
            broker.produceAll("order.created", messages);
            boolean all = broker.happensWithin(
                    timeouts().await(), () -> messages.stream().allMatch(it -> heard.getOrDefault(it.id(), 0) >= 2));
            broker.require(
                    all,
                    "a handler that was subscribed to a topic twice heard %d messages so often, where each is due once for each subscription: %s"
                            .formatted(messages.size(), new TreeMap<>(heard)));
            // One that ends leaves the other one alone.
            broker.run("close of a subscription", subscriptions.get(0)::close);
            broker.produce("order.created", Messages.message("after"));
            broker.await(
                    "that a handler hears a message by the second of its subscriptions, when the first is closed",
                    () -> heard.containsKey("after"));
        }
    }

    /** Then it ends with that handler, and what waited for it is gone. */
    @Test
    @Verifies("G-3")
    default void aSubscriptionThatIsClosedFromInsideItsHandlerEndsWithThat() {
        int messages = 6;
        Gate gate = new Gate(timeouts().recovery());
        AtomicInteger closed = new AtomicInteger();
        AtomicReference<RecordedTopics.Heard> leaving = new AtomicReference<>();
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-3")) {
            RecordedTopics.Heard subscription = broker.subscribe("order.created", message -> {
                gate.handle(message);
                Objects.requireNonNull(leaving.get()).close(); // set long before the gate opens
                closed.incrementAndGet();
            });
            leaving.set(subscription);
            RecordedTopics.Heard staying = broker.subscribe("order.created");
            broker.produceAll("order.created", Messages.numbered(messages));
            broker.awaitHandled(staying, messages);
            broker.await("a handler running", () -> gate.inside() == 1);
            gate.open();
            broker.await("the return of a close from inside the handler of its subscription", () -> closed.get() >= 1);
            broker.require(
                    broker.stays(() -> handled(broker, subscription).size() == 1),
                    "a subscription was closed from inside the handler of its first message, and then was handed others that waited: "
                            + handled(broker, subscription));
        } finally {
            gate.open();
        }
    }

    /** The end of a topic's last subscriber must not take the next one with it. */
    @Test
    @Verifies("B-1")
    default void whoeverSubscribesAsTheLastOneLeavesHearsWhatComes() {
        String topic = "order.created";
        int rounds = target().capabilities().contains(Capability.REMOTE) ? 10 : 180;
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "B-1")) {
            for (int round = 0; round < rounds; round++) {
                RecordedTopics.Heard leaving = broker.subscribe(topic);
                // From somewhat before the close to when it is over.
                long later = (round % 60 - 10) * 5_000L;
                List<RecordedTopics.Heard> both = Together.start(
                                "close of one subscription, and another one", 2, number -> {
                                    Polling.spin(number == 0 ? -later : later);
                                    return number == 0
                                            ? closed(leaving)
                                            : broker.recorded().subscribe(topic, message -> {});
                                })
                        .stream()
                        .map(it -> broker.call(
                                "close of one subscription, and another one",
                                () -> it.await(timeouts().await())))
                        .toList();
                RecordedTopics.Heard coming = both.get(1);
                Message message = Messages.message("m-" + round);
                broker.produce(topic, message);
                broker.require(
                        broker.happensWithin(
                                timeouts().await(),
                                () -> handled(broker, coming).contains(message.id())),
                        "a subscription came as the last one before it was closed, and did not receive what was produced afterwards");
                broker.close(coming);
            }
        }
    }

    private static RecordedTopics.Heard closed(RecordedTopics.Heard subscription) {
        subscription.close();
        return subscription;
    }

    private static List<String> handled(BrokerUnderTest broker, RecordedTopics.Heard subscription) {
        return broker.history().handledBy(subscription.name()).stream()
                .map(Handling::id)
                .distinct()
                .toList();
    }
}
