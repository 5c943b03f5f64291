package org.brokertck.tck.pubsub;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.tck.history.pubsub.RecordedSubscription;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Several threads take from one subscription: nobody sleeps over a message, and nobody is told of an end that has not come. */
public interface SharedTakingRules extends PubSubRules {
    /** One signal for several messages would leave some of those who wait asleep, with messages before them. */
    @Test
    @Verifies("G-4")
    default void everyTakeThatWaitsIsGivenOneOfSeveralMessages() {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "G-4")) {
            RecordedSubscription subscription = broker.subscribe("order.created");
            for (int round = 0; round < (isRemote() ? 2 : 20); round++) {
                List<Running<Optional<Message>>> takes = takes(subscription.unrecorded(), 4);
                Waiting.await(broker, takes);
                broker.publishAll("order.created", Messages.numbered(takes.size()));
                broker.require(
                        broker.happensWithin(
                                timeouts().await(), () -> takes.stream().allMatch(Running::isDone)),
                        "4 takes of one subscription waited and 4 messages were published; of the takes %d still wait"
                                .formatted(takes.stream()
                                        .filter(it -> !it.isDone())
                                        .count()));
            }
        }
    }

    /** Whoever is woken and finds that another one was quicker has to wait again: empty means the end. */
    @Test
    @Verifies("G-4")
    default void aTakeIsEmptyAtTheEndOnly() {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "G-4")) {
            Subscription subscription = broker.subscribe("order.created").unrecorded();
            AtomicBoolean done = new AtomicBoolean();
            // Nobody promises that the slow are not starved, so that the quick one has had enough at some time.
            AtomicInteger left = new AtomicInteger();
            Running<Boolean> quick = Bounded.startRun("poll", () -> {
                while (!done.get()) {
                    if (left.get() <= 0) {
                        Thread.onSpinWait();
                    } else if (subscription.poll(Duration.ZERO).isPresent()) {
                        left.decrementAndGet();
                    }
                }
            });
            try {
                for (int round = 0; round < (isRemote() ? 2 : 50); round++) {
                    left.set(20);
                    requireMessages(broker, takes(subscription, 2));
                }
            } finally {
                done.set(true);
            }
            broker.run(
                    "poll",
                    timeouts().await().multipliedBy(2),
                    () -> quick.await(timeouts().await()));
        }
    }

    /** Publishes until each of the takes has returned. */
    private void requireMessages(PubSubUnderTest broker, List<Running<Optional<Message>>> takes) {
        broker.happensWithin(timeouts().await(), () -> {
            broker.publish("order.created", Messages.message("for-anyone"));
            return takes.stream().allMatch(Running::isDone);
        });
        for (Running<Optional<Message>> take : takes) {
            Optional<Message> message = broker.call(
                    "take",
                    timeouts().await().multipliedBy(2),
                    () -> take.await(timeouts().await()));
            broker.require(
                    message.isPresent(),
                    "a take of a living subscription returned empty, as though that had ended, while another thread took from it too");
        }
    }

    private static List<Running<Optional<Message>>> takes(Subscription subscription, int count) {
        return Stream.generate(() -> Bounded.start("take", subscription::take))
                .limit(count)
                .toList();
    }

    /** It may throw, since it may have had to wait; then the message is still there. */
    @Test
    @Verifies("G-9")
    default void aTakeOfAThreadThatIsInterruptedBringsAMessageOrLeavesIt() {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "G-9")) {
            RecordedSubscription subscription = broker.subscribe("order.created");
            RecordedSubscription witness = broker.subscribeWithPattern("order.*");
            for (int i = 0; i < 4; i++) {
                String id = "m-" + i;
                broker.publish("order.created", Messages.message(id));
                broker.next(witness);
                Optional<Message> first = broker.call("take", () -> takeInterrupted(subscription));
                Message received = first.orElseGet(() -> broker.next(subscription));
                broker.require(
                        received.id().equals(id),
                        "%s was published and an interrupted thread took %s; the next take brought %s"
                                .formatted(id, first.isPresent() ? "something" : "nothing", received.id()));
            }
        }
    }

    private static Optional<Message> takeInterrupted(RecordedSubscription subscription) {
        Thread.currentThread().interrupt();
        try {
            return subscription.take();
        } catch (OperationInterruptedException nothingTaken) {
            return Optional.empty();
        } finally {
            Thread.interrupted();
        }
    }

    /** More than a count of nanoseconds holds; as good as a take. */
    @Test
    @Verifies("P-1")
    default void aPollMayWaitForAsLongAsADurationIs() {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "P-1")) {
            RecordedSubscription subscription = broker.subscribe("order.created");
            Running<Optional<Message>> poll =
                    Bounded.start("poll", () -> subscription.poll(Duration.ofSeconds(Long.MAX_VALUE)));
            broker.stays(StillWaiting.in(poll));
            broker.publish("order.created", Messages.message("awaited"));
            Optional<Message> message = broker.call(
                    "poll",
                    timeouts().await().multipliedBy(2),
                    () -> poll.await(timeouts().await()));
            broker.require(
                    message.isPresent(), "a poll that may wait for the longest duration there is brought nothing");
        }
    }
}
