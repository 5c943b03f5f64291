package org.brokertck.tck.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.brokertck.api.BrokerException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.message.Message;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.check.broker.InProducerOrder;
import org.brokertck.tck.check.broker.NothingInvented;
import org.brokertck.tck.check.broker.NothingLost;
import org.brokertck.tck.check.broker.OneHandlerAtATime;
import org.brokertck.tck.check.broker.SilentAfterClose;
import org.brokertck.tck.history.broker.BrokerHistory;
import org.brokertck.tck.history.broker.RecordedTopics;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Gate;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.broker.BrokerWorkload;
import org.brokertck.tck.workload.broker.BrokerWorkloads;
import org.junit.jupiter.api.Test;

/** Every subscriber of a topic gets every message, at least once and in order per producer, and nothing else. */
public interface DeliveryRules extends BrokerRules {
    private static Check<BrokerHistory> all() {
        return new NothingInvented()
                .and(new NothingLost())
                .and(new InProducerOrder())
                .and(new OneHandlerAtATime());
    }

    @Test
    @Verifies("B-1")
    default void everySubscriberOfATopicGetsEveryMessage() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "B-1")) {
            List.of("order.created", "order.created", "order", "Order", "order.created.now", "created")
                    .forEach(broker::subscribe);
            for (int i = 0; i < (isRemote() ? 10 : 200); i++) {
                broker.produce("order.created", Messages.message("created-" + i));
                broker.produce(i % 2 == 0 ? "order" : "order.created.now", Messages.message("other-" + i));
            }
            broker.produce("nobody.listens", Messages.message("unheard"));
            broker.judgeSettled(all());
        }
    }

    /** Each time as soon as subscribe has returned. */
    @Test
    @Verifies("B-1")
    default void aSubscriberIsFedFromTheMomentThatSubscribeReturns() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "B-1")) {
            for (int i = 0; i < (isRemote() ? 5 : 50); i++) {
                broker.subscribe("order.n" + i % 7);
                broker.produce("order.n" + i % 7, Messages.message("m-" + i));
            }
            broker.judgeSettled(all());
        }
    }

    /** A fast producer and slow subscribers: what waits keeps its order. */
    @Test
    @Verifies("B-1")
    default void messagesThatWaitKeepTheirOrder() {
        Gate gate = new Gate(timeouts().recovery());
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "B-1")) {
            broker.subscribe("order.created", gate);
            RecordedTopics.Heard free = broker.subscribe("order.created");
            List<Message> messages = IntStream.range(0, isRemote() ? 30 : 300)
                    .mapToObj(i -> Messages.builder("m-" + i)
                            .payload(new byte[i % 17 * 50])
                            .build())
                    .toList();
            broker.produceAll("order.created", messages);
            broker.awaitHandled(free, messages.size());
            gate.open();
            broker.judgeSettled(all());
        } finally {
            gate.open();
        }
    }

    @Test
    @Verifies("B-1")
    default void messagesWithEqualIdsArriveEach() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "B-1")) {
            RecordedTopics.Heard subscription = broker.subscribe("order.created");
            Message twin = Messages.message("twin");
            broker.produceAll("order.created", List.of(twin, twin, twin));
            broker.produce("order.created", Messages.message("last"));
            broker.await(
                    "the message after three equal ones arriving",
                    () -> broker.history().handledBy(subscription.name()).stream()
                            .anyMatch(it -> it.id().equals("last")));
            long twins = broker.history().handledBy(subscription.name()).stream()
                    .filter(it -> it.id().equals("twin"))
                    .count();
            broker.require(twins >= 3, "of three messages with equal ids %d arrived".formatted(twins));
        }
    }

    @Test
    @Verifies("B-1")
    default void aClosedSubscriptionHearsNothingMoreAndOthersLoseNothing() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "B-1")) {
            List<RecordedTopics.Heard> leaving = new ArrayList<>();
            broker.subscribe("order.created");
            for (int i = 0; i < 3; i++) {
                leaving.add(broker.subscribe("order.created"));
            }
            for (int i = 0; i < leaving.size(); i++) {
                broker.produceAll("order.created", ids("round-" + i, 5));
                broker.close(leaving.get(i));
                broker.close(leaving.get(i));
            }
            broker.produceAll("order.created", ids("after", 5));
            broker.judgeSettled(all().and(new SilentAfterClose()));
            broker.require(
                    broker.stays(() -> new SilentAfterClose().judge(broker.history()) instanceof Verdict.Valid),
                    "a closed subscription heard something later");
        }
    }

    private static List<Message> ids(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Messages.message(prefix + "-" + i))
                .toList();
    }

    /** Where a broker bounds what waits for a subscriber: what it refuses then, nobody gets. */
    @Test
    @Verifies("B-1")
    @Needs(inMemory = true)
    default void whatAFullSubscriberHasNoRoomForReachesNobody() {
        Gate gate = new Gate(timeouts().recovery());
        Duration patience = timeouts().quiet().dividedBy(5);
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this, "B-1", config().capacity(3).produceTimeout(patience).build())) {
            RecordedTopics.Heard free = broker.subscribe("order.created");
            broker.subscribe("order.created", gate);
            broker.subscribe("order.created");
            int accepted = 0;
            for (int i = 0; i < 8; i++) {
                accepted += fill(broker, "order.created", Messages.message("m-" + i)) ? 1 : 0;
                // So that there is room at those who are free.
                broker.awaitHandled(free, accepted);
            }
            gate.open();
            broker.settle();
            // A handled message may keep its place for a moment yet.
            AtomicInteger tries = new AtomicInteger();
            broker.await(
                    "room for another message",
                    () -> fill(broker, "order.created", Messages.message("again-" + tries.incrementAndGet())));
            broker.judgeSettled(all());
        } finally {
            gate.open();
        }
    }

    /** Where a broker bounds what waits for a subscriber, it does so whatever room others have. */
    @Test
    @Verifies("B-1")
    @Needs(inMemory = true)
    default void theRoomOfASubscriberIsItsOwn() {
        int capacity = 3;
        int most = 4 * capacity;
        Gate gate = new Gate(timeouts().recovery());
        Duration patience = timeouts().quiet().dividedBy(5);
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this,
                "B-1",
                config().capacity(capacity).produceTimeout(patience).build())) {
            broker.subscribe("order.alone", gate);
            RecordedTopics.Heard before = broker.subscribe("order.created");
            broker.subscribe("order.created", gate);
            RecordedTopics.Heard after = broker.subscribe("order.created");
            int alone = 0;
            while (alone < most && fill(broker, "order.alone", Messages.message("alone-" + alone))) {
                alone++;
            }
            int beside = 0;
            while (beside < most && fill(broker, "order.created", Messages.message("beside-" + beside))) {
                beside++;
                // So that there is room at those who are free.
                broker.awaitHandled(before, beside);
                broker.awaitHandled(after, beside);
            }
            gate.open();
            // One more or less may be in its handler, and no longer wait.
            broker.require(
                    Math.abs(alone - beside) <= 1,
                    "with a capacity of %d a subscriber that handles nothing took %d messages when it was alone, and %d beside others that have room"
                            .formatted(capacity, alone, beside));
        } finally {
            gate.open();
        }
    }

    /** A subscriber that is gone holds up nobody: whoever waits for its room goes on. It leaves from inside its own handler. */
    @Test
    @Verifies("B-1")
    @Needs(inMemory = true)
    default void whoeverWaitsForTheRoomOfASubscriberGoesOnWhenThatIsClosed() {
        Gate gate = new Gate(timeouts().recovery());
        AtomicReference<RecordedTopics.Heard> leaving = new AtomicReference<>();
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this,
                "B-1",
                config().capacity(2).produceTimeout(timeouts().recovery()).build())) {
            leaving.set(broker.subscribe("order.created", message -> {
                gate.handle(message);
                Objects.requireNonNull(leaving.get()).close(); // set long before the gate opens
            }));
            broker.subscribe("order.created");
            List<Running<Boolean>> producers = IntStream.range(0, 3)
                    .mapToObj(i -> Bounded.startRun(
                            "produce that waited for the room of a subscriber that was closed meanwhile",
                            () -> ids("of-" + i, 8)
                                    .forEach(it -> broker.recorded().produce("waiting-" + i, "order.created", it))))
                    .toList();
            // Those of a broker that bounds nothing are done, and lost nothing.
            broker.stays(StillWaiting.in(producers));
            gate.open();
            producers.forEach(it -> broker.run(
                    "produce that waited for the room of a subscriber that was closed meanwhile",
                    timeouts().await().multipliedBy(2),
                    () -> it.await(timeouts().await())));
            broker.judgeSettled(all());
        } finally {
            gate.open();
        }
    }

    private static boolean fill(BrokerUnderTest broker, String topic, Message message) {
        try {
            broker.recorded().produce(BrokerUnderTest.MAIN, topic, message);
            return true;
        } catch (QueueFullException | OperationTimeoutException full) {
            return false; // In the history for the checks to judge.
        } catch (BrokerException other) {
            broker.require(false, "a produce that finds no room threw " + other + " where QueueFullException is due");
            return false;
        }
    }

    @Test
    @Verifies("B-1")
    @Needs(capabilities = Capability.REMOTE)
    default void instancesOfOneNameHearEachOther() {
        try (BrokerUnderTest producer = BrokerUnderTest.open(this, "B-1");
                BrokerUnderTest subscriber = BrokerUnderTest.open(this, "B-1", producer.name(), config().build())) {
            RecordedTopics.Heard heard = subscriber.subscribe("order.created");
            List<Message> messages = Messages.numbered(5);
            producer.produceAll("order.created", messages);
            subscriber.awaitHandled(heard, messages.size());
            List<String> ids = subscriber.history().handledBy(heard.name()).stream()
                    .map(it -> it.id())
                    .distinct()
                    .toList();
            subscriber.require(
                    ids.equals(messages.stream().map(Message::id).toList()),
                    "a subscriber of another instance received %s".formatted(ids));
        }
    }

    @Property
    @Verifies("B-1")
    default void anyProducersMessagesReachEverySubscriberInOrder(
            @ForAll(supplier = BrokerWorkloads.Calm.class) BrokerWorkload workload) {
        BrokerDriver.judge(this, "B-1", workload, all());
    }
}
