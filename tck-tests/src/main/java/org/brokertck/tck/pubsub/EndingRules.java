package org.brokertck.tck.pubsub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.check.pubsub.EndsTold;
import org.brokertck.tck.check.pubsub.NothingLater;
import org.brokertck.tck.check.pubsub.NothingMissing;
import org.brokertck.tck.history.pubsub.RecordedSubscription;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.pubsub.PlannedSubscriber.Leaving;
import org.brokertck.tck.workload.pubsub.PubSubWorkload;
import org.brokertck.tck.workload.pubsub.PubSubWorkloads;
import org.junit.jupiter.api.Test;

/** How one subscription ends while the others live on. */
public interface EndingRules extends PubSubRules {
    @Test
    @Verifies("P-11")
    default void unsubscribeEndsEverySubscriptionToThatTextAndNoOther() {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "P-11")) {
            List<RecordedSubscription> leaving = List.of(
                    broker.subscribe("order.created"),
                    broker.subscribe("order.created"),
                    broker.subscribeWithPattern("order.created"));
            List<RecordedSubscription> staying = List.of(
                    broker.subscribeWithPattern("order.*"),
                    broker.subscribeWithPattern("#"),
                    broker.subscribe("order"),
                    broker.subscribe("order.created.now"));
            broker.unsubscribe("order.created");
            leaving.forEach(it -> broker.requireEnded(it, EndReason.UNSUBSCRIBED));
            RecordedSubscription again = broker.subscribe("order.created");
            broker.publish("order.created", Messages.message("later"));
            broker.unsubscribe("order.*");
            broker.requireEnded(staying.get(0), EndReason.UNSUBSCRIBED);
            broker.unsubscribe("nobody.listens");
            broker.unsubscribe("nobody.#");
            broker.publish("order.created", Messages.message("last"));
            broker.judgeDrained(new EndsTold().and(new NothingLater()).and(new NothingMissing()));
            broker.require(
                    again.received() > 0, "a subscription that was made after the unsubscription received nothing");
        }
    }

    /** Several patterns that match the same topics are still several texts. */
    @Test
    @Verifies("P-11")
    default void unsubscribeLeavesThosePatternsThatMatchTheSameTopics() {
        List<List<String>> same =
                List.of(List.of("order.#", "order.#.#"), List.of("order.*.#", "order.#.*"), List.of("#.#", "#"));
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "P-11")) {
            for (List<String> texts : same) {
                RecordedSubscription leaving = broker.subscribeWithPattern(texts.get(0));
                RecordedSubscription staying = broker.subscribeWithPattern(texts.get(1));
                broker.unsubscribe(texts.get(0));
                broker.requireEnded(leaving, EndReason.UNSUBSCRIBED);
                broker.publish("order.created", Messages.message("after " + texts.get(0)));
                broker.require(
                        staying.endReason().isEmpty(),
                        "unsubscribe of '%s' ended a subscription to '%s', which is another text"
                                .formatted(texts.get(0), texts.get(1)));
            }
            broker.judgeDrained(new EndsTold().and(new NothingLater()).and(new NothingMissing()));
        }
    }

    @Test
    @Verifies("P-11")
    @Needs(capabilities = Capability.REMOTE)
    default void unsubscribeLeavesTheSubscriptionsOfOtherInstances() {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "P-11");
                PubSubUnderTest other = PubSubUnderTest.open(this, target(), "P-11", broker.name(), config().build())) {
            broker.subscribe("order.created");
            RecordedSubscription staying = other.subscribe("order.created");
            broker.unsubscribe("order.created");
            broker.publish("order.created", Messages.message("later"));
            other.require(other.next(staying).id().equals("later"), "another instance received something else");
            broker.judgeDrained(new EndsTold().and(new NothingLater()));
        }
    }

    @Test
    @Verifies("P-11")
    default void whatIsBufferedAtTheEndCanStillBeTaken() {
        for (Leaving leaving : Leaving.values()) {
            endWithBuffered(leaving, 3, 2);
            endWithBuffered(leaving, 1, 1);
        }
    }

    @Property
    @Verifies("P-11")
    default void whateverIsBufferedAtTheEndCanStillBeTaken(
            @ForAll Leaving leaving,
            @ForAll @IntRange(min = 1, max = 5) int buffered,
            @ForAll @IntRange(min = 1, max = 3) int later) {
        endWithBuffered(leaving, buffered, later);
    }

    /** That one was dropped tells that the buffer is full, hence how many can still be taken. */
    private void endWithBuffered(Leaving leaving, int buffered, int later) {
        try (PubSubUnderTest broker = PubSubUnderTest.open(
                this, "P-11", config().bufferCapacity(buffered).build())) {
            RecordedSubscription subscription = broker.subscribe("order.created");
            broker.publishAll("order.created", Messages.numbered(buffered + 1));
            broker.awaitDropped(subscription, 1);
            end(broker, subscription, leaving);
            broker.requireEnded(subscription, reason(leaving));
            broker.publishAll(
                    "order.created",
                    IntStream.range(0, later)
                            .mapToObj(i -> Messages.message("later-" + i))
                            .toList());
            List<String> taken = new ArrayList<>();
            for (int i = 0; i <= buffered; i++) {
                Optional<Message> message = i % 2 == 0
                        ? broker.call("take after the end", subscription::take)
                        : broker.pollNow(subscription);
                message.ifPresent(it -> taken.add(it.id()));
            }
            List<String> due =
                    IntStream.rangeClosed(1, buffered).mapToObj(i -> "m-" + i).toList();
            broker.require(
                    taken.equals(due),
                    "buffered at the end by %s were %s; taken after it were %s".formatted(leaving, due, taken));
            broker.require(
                    subscription.dropped() == 1,
                    "a subscription that ended goes on dropping: %d instead of 1".formatted(subscription.dropped()));
        }
    }

    private static void end(PubSubUnderTest broker, RecordedSubscription subscription, Leaving leaving) {
        switch (leaving) {
            case CLOSE -> broker.close(subscription);
            case UNSUBSCRIBE -> broker.unsubscribe(subscription.pattern());
        }
    }

    private static EndReason reason(Leaving leaving) {
        return leaving == Leaving.CLOSE ? EndReason.CLOSED : EndReason.UNSUBSCRIBED;
    }

    @Test
    @Verifies("P-11")
    default void aTakeThatWaitsHearsOfTheEnd() {
        for (Leaving leaving : Leaving.values()) {
            try (PubSubUnderTest broker = PubSubUnderTest.open(this, "P-11")) {
                RecordedSubscription subscription = broker.subscribeWithPattern("order.*");
                Running<Optional<Message>> take = Bounded.start("take", subscription::take);
                Running<Optional<Message>> poll =
                        Bounded.start("poll", () -> subscription.poll(timeouts().recovery()));
                CompletableFuture<EndReason> told = new CompletableFuture<>();
                subscription.unrecorded().ended().thenAccept(told::complete);
                broker.require(
                        broker.stays(() -> !take.isDone() && !poll.isDone() && !told.isDone()),
                        "a subscription ended before anyone ended it");
                end(broker, subscription, leaving);
                for (Running<Optional<Message>> waiting : List.of(take, poll)) {
                    Optional<Message> end = broker.call(
                            "a take that waited at the end by " + leaving,
                            timeouts().await().multipliedBy(2),
                            () -> waiting.await(timeouts().await()));
                    broker.require(end.isEmpty(), "a take returned " + end + " at the end by " + leaving);
                }
                broker.await("the completion of ended()", told::isDone);
                broker.require(
                        told.join() == reason(leaving),
                        "ended() completed with " + told.join() + " at the end by " + leaving);
            }
        }
    }

    /** The first end counts, whatever is called afterwards and by however many. */
    @Test
    @Verifies("P-11")
    default void aSubscriptionEndsOnceAndKeepsItsReason() {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "P-11")) {
            RecordedSubscription closed = broker.subscribe("order.created");
            RecordedSubscription unsubscribed = broker.subscribe("user.created");
            List<Running<Boolean>> closers = IntStream.range(0, 4)
                    .mapToObj(i -> Bounded.startRun("close of a subscription", closed::close))
                    .toList();
            closers.forEach(it -> broker.run(
                    "close of a subscription by several",
                    () -> it.await(timeouts().await().dividedBy(2))));
            broker.unsubscribe("order.created");
            broker.unsubscribe("user.created");
            broker.close(unsubscribed);
            broker.close(closed);
            broker.closeNow();
            broker.requireEnded(closed, EndReason.CLOSED);
            broker.requireEnded(unsubscribed, EndReason.UNSUBSCRIBED);
        }
    }

    @Test
    @Verifies("P-11")
    default void closingOneOfSeveralToTheSameTextLeavesTheOthers() {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "P-11")) {
            List<RecordedSubscription> twins = IntStream.range(0, 3)
                    .mapToObj(i -> broker.subscribeWithPattern("order.#"))
                    .toList();
            broker.close(twins.get(1));
            broker.publishAll("order.created", Messages.numbered(3));
            broker.close(twins.get(0));
            broker.publishAll("order.created", List.of(Messages.message("for the last")));
            broker.judgeDrained(new EndsTold().and(new NothingLater()).and(new NothingMissing()));
        }
    }

    /** What depends on the end runs while it is being told, and may use the broker. */
    @Test
    @Verifies("P-11")
    default void whatDependsOnTheEndMayUseTheBroker() {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "P-11")) {
            RecordedSubscription watching = broker.subscribe("subscription.ended");
            RecordedSubscription subscription = broker.subscribe("order.created");
            AtomicReference<Throwable> failure = new AtomicReference<>();
            subscription.unrecorded().ended().thenAccept(reason -> {
                try {
                    broker.unrecorded().publish("subscription.ended", Messages.message(reason.name()));
                    broker.unrecorded().unsubscribe("order.shipped");
                } catch (RuntimeException | Error e) {
                    failure.set(e);
                }
            });
            broker.subscribe("order.shipped");
            broker.close(subscription);
            Message told = broker.next(watching);
            broker.require(
                    told.id().equals(EndReason.CLOSED.name()) && failure.get() == null,
                    "what depends on ended() told %s and met %s".formatted(told.id(), failure.get()));
        }
    }

    @Property
    @Verifies("P-11")
    default void whoLeavesReceivesNothingLater(
            @ForAll(supplier = PubSubWorkloads.ComingAndGoing.class) PubSubWorkload workload) {
        PubSubDriver.judge(
                this, "P-11", workload, new NothingLater().and(new EndsTold()).and(new NothingMissing()));
    }
}
