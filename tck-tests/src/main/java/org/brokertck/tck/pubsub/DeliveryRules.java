package org.brokertck.tck.pubsub;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.message.Message;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.check.pubsub.NothingEarlier;
import org.brokertck.tck.check.pubsub.NothingInvented;
import org.brokertck.tck.check.pubsub.NothingMissing;
import org.brokertck.tck.check.pubsub.OnlyMatching;
import org.brokertck.tck.check.pubsub.ReceivedOnce;
import org.brokertck.tck.history.pubsub.RecordedSubscription;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.pubsub.PubSubWorkload;
import org.brokertck.tck.workload.pubsub.PubSubWorkloads;
import org.junit.jupiter.api.Test;

/** Who receives a message: each subscription that matches and was there before, once. */
public interface DeliveryRules extends PubSubRules {
    /** The seed's own test of its second exercise. */
    @Test
    @Verifies("P-1")
    default void topicRouting() {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "P-1")) {
            RecordedSubscription users = broker.subscribe("user.created");
            RecordedSubscription orders = broker.subscribeWithPattern("order.*");
            broker.publish(
                    "user.created", Messages.builder("1").topic("user.created").build());
            broker.publish(
                    "order.created",
                    Messages.builder("2").topic("order.created").build());
            broker.require(
                    broker.next(users).id().equals("1"), "the subscriber to user.created received another message");
            broker.require(broker.next(orders).id().equals("2"), "the subscriber to order.* received another message");
            broker.judgeDrained(new NothingInvented().and(new OnlyMatching()).and(new NothingMissing()));
        }
    }

    @Test
    @Verifies("P-1")
    default void anExactSubscriptionReceivesItsTopicAndNothingElse() {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "P-1")) {
            List<String> topics = List.of("order", "order.created", "order.created.now", "orders", "created", "Order");
            topics.forEach(broker::subscribe);
            for (String topic : topics) {
                broker.publishAll(topic, List.of(Messages.message("1-of-" + topic), Messages.message("2-of-" + topic)));
            }
            broker.judgeDrained(new OnlyMatching().and(new NothingMissing()).and(new NothingInvented()));
        }
    }

    /** Each time as soon as subscribe has returned, from the same thread and from another one. */
    @Test
    @Verifies("P-1")
    default void aSubscriptionIsActiveWhenSubscribeReturns() {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "P-1")) {
            for (int i = 0; i < (isRemote() ? 5 : 50); i++) {
                String topic = "order.n" + i;
                Message message = Messages.message("m-" + i);
                if (i % 2 == 0) {
                    RecordedSubscription subscription = broker.subscribe(topic);
                    broker.publish(topic, message);
                    broker.require(
                            broker.recorded().subscriptions().contains(subscription), "a subscription went missing");
                } else {
                    broker.onPublisher("subscribe and publish", () -> {
                        broker.recorded().subscribeWithPattern(topic + ".#");
                        broker.recorded().publish(PubSubUnderTest.MAIN, topic, message);
                    });
                }
            }
            broker.judgeDrained(new NothingMissing());
        }
    }

    @Test
    @Verifies("P-1")
    @Needs(capabilities = Capability.REMOTE)
    default void instancesOfOneNameHearEachOther() {
        try (PubSubUnderTest publisher = PubSubUnderTest.open(this, "P-1");
                PubSubUnderTest subscriber =
                        PubSubUnderTest.open(this, target(), "P-1", publisher.name(), config().build())) {
            RecordedSubscription exact = subscriber.subscribe("order.created");
            RecordedSubscription pattern = subscriber.subscribeWithPattern("order.#");
            List<Message> messages = Messages.numbered(5);
            publisher.publishAll("order.created", messages);
            for (Message message : messages) {
                for (RecordedSubscription subscription : List.of(exact, pattern)) {
                    Message received = subscriber.next(subscription);
                    subscriber.require(
                            received.id().equals(message.id()),
                            "%s to '%s' of another instance received %s where %s is due"
                                    .formatted(
                                            subscription.name(), subscription.pattern(), received.id(), message.id()));
                }
            }
        }
    }

    @Property
    @Verifies("P-1")
    default void everySubscriptionReceivesAllThatIsDueAndNothingElse(
            @ForAll(supplier = PubSubWorkloads.Calm.class) PubSubWorkload workload) {
        PubSubDriver.judge(
                this,
                "P-1",
                workload,
                new NothingInvented().and(new OnlyMatching()).and(new NothingMissing()));
    }

    @Test
    @Verifies("P-6")
    default void aMessageArrivesOnceHoweverItMatches() {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "P-6")) {
            List<String> ambiguous =
                    List.of("#", "#.#", "#.#.#", "#.a.#", "a.#.a", "#.*.#", "*.#", "#.a", "a.#", "a.*.#");
            ambiguous.forEach(broker::subscribeWithPattern);
            broker.publish("a.a.a.a", Messages.message("four"));
            broker.publish("a", Messages.message("one"));
            broker.publish("a.a", Messages.message("two"));
            broker.judgeDrained(new ReceivedOnce().and(new NothingMissing()));
        }
    }

    @Test
    @Verifies("P-6")
    default void everySubscriptionToTheSameTextReceivesACopy() {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "P-6")) {
            Stream.of("order.created", "order.created", "order.created").forEach(broker::subscribe);
            Stream.of("order.created", "order.*", "order.*", "#", "#").forEach(broker::subscribeWithPattern);
            broker.publishAll("order.created", Messages.numbered(5));
            broker.judgeDrained(new ReceivedOnce().and(new NothingMissing()));
        }
    }

    /** Messages with equal ids are different messages. */
    @Test
    @Verifies("P-6")
    default void messagesWithEqualIdsArriveEach() {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "P-6")) {
            RecordedSubscription subscription = broker.subscribeWithPattern("order.#");
            Message twin = Messages.message("twin");
            broker.publishAll("order.created", List.of(twin, twin, twin));
            broker.publish("order.created", Messages.message("last"));
            List<String> received = new ArrayList<>();
            while (!received.contains("last")) {
                received.add(broker.next(subscription).id());
            }
            broker.require(
                    received.equals(List.of("twin", "twin", "twin", "last")),
                    "three equal messages were published, then 'last'; received were " + received);
        }
    }

    @Property
    @Verifies("P-6")
    default void everyCopyIsReceivedOnce(@ForAll(supplier = PubSubWorkloads.Calm.class) PubSubWorkload workload) {
        PubSubDriver.judge(this, "P-6", workload, new ReceivedOnce().and(new NothingMissing()));
    }

    @Test
    @Verifies("P-8")
    default void whatWasPublishedBeforeDoesNotArrive() {
        publishBeforeAndAfter(5, 3);
    }

    @Property
    @Verifies("P-8")
    default void whateverWasPublishedBeforeDoesNotArrive(
            @ForAll @IntRange(max = 8) int before, @ForAll @IntRange(max = 4) int after) {
        publishBeforeAndAfter(before, after);
    }

    /** Some were published while there was nobody, some to another subscription, which is still there. */
    private void publishBeforeAndAfter(int before, int after) {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "P-8")) {
            broker.publishAll("order.created", ids("unheard", before));
            broker.subscribe("order.created");
            broker.publishAll("order.created", ids("heard-by-one", before));
            broker.subscribe("order.created");
            broker.subscribeWithPattern("order.*");
            broker.subscribeWithPattern("#");
            broker.publishAll("order.created", ids("heard-by-all", after));
            broker.judgeDrained(new NothingEarlier().and(new NothingMissing()));
        }
    }

    private static List<Message> ids(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Messages.message(prefix + "-" + i))
                .toList();
    }

    /** Under way the line between before and after is drawn by the times of the calls. */
    @Property
    @Verifies("P-8")
    default void nothingOlderThanTheSubscriptionArrives(
            @ForAll(supplier = PubSubWorkloads.ComingAndGoing.class) PubSubWorkload workload) {
        PubSubDriver.judge(this, "P-8", workload, new NothingEarlier());
    }

    /** While others publish all the time, each new subscription receives all from some point on. */
    @Test
    @Verifies("P-1")
    default void aSubscriptionMissesNothingOfABusyPublisher() {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "P-1")) {
            int messages = isRemote() ? 60 : 2000;
            Sentinels sentinels = new Sentinels(1);
            Cues cues = new Cues(0, 1, timeouts().await());
            Running<Boolean> publisher = Bounded.startRun("busy publisher", () -> {
                IntStream.range(0, messages)
                        .forEach(
                                i -> broker.recorded().publish("busy", "order.created", Messages.message("busy-" + i)));
                cues.awaitRest();
                sentinels.send(broker, "busy");
            });
            for (int i = 0; i < 8; i++) {
                broker.subscribeWithPattern(i % 2 == 0 ? "order.*" : "order.created");
            }
            cues.moverDone();
            broker.run(
                    "publish of many messages",
                    timeouts().await().multipliedBy(2),
                    () -> publisher.await(timeouts().await()));
            Drain.upTo(broker, sentinels);
            broker.judgeAsDrained(new NothingMissing().and(new ReceivedOnce()).and(new NothingEarlier()));
        }
    }
}
