package org.brokertck.tck.pubsub;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.ClosedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubMetrics;
import org.brokertck.tck.check.pubsub.ClosedRefusesPublishes;
import org.brokertck.tck.check.pubsub.EndsTold;
import org.brokertck.tck.check.pubsub.NothingMissing;
import org.brokertck.tck.history.pubsub.RecordedSubscription;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.ThreadCensus;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.pubsub.PubSubWorkload;
import org.brokertck.tck.workload.pubsub.PubSubWorkloads;
import org.junit.jupiter.api.Test;

/** Closing the broker is final, repeatable, ends every subscription and leaves no thread behind. */
public interface ClosingRules extends PubSubRules {
    /** The operations that a closed broker refuses. */
    enum Operation {
        /** {@link PubSubBroker#publish}. */
        PUBLISH,
        /** {@link PubSubBroker#subscribe}. */
        SUBSCRIBE,
        /** {@link PubSubBroker#subscribeWithPattern}. */
        SUBSCRIBE_WITH_PATTERN,
        /** {@link PubSubBroker#unsubscribe}. */
        UNSUBSCRIBE;

        @SuppressWarnings("resource") // nothing is opened where all is refused
        private void make(PubSubBroker broker) {
            switch (this) {
                case PUBLISH -> broker.publish("order.created", Messages.message("after-close"));
                case SUBSCRIBE -> broker.subscribe("order.created");
                case SUBSCRIBE_WITH_PATTERN -> broker.subscribeWithPattern("order.#");
                case UNSUBSCRIBE -> broker.unsubscribe("order.created");
            }
        }
    }

    @Test
    @Verifies("G-2")
    default void aClosedBrokerRefusesEverythingButItsLastFigures() {
        afterBrokerClosed(List.of(Operation.values()));
    }

    @Property
    @Verifies("G-2")
    default void aClosedBrokerRefusesAnySequenceOfCalls(@ForAll @Size(min = 1, max = 10) List<Operation> operations) {
        afterBrokerClosed(operations);
    }

    @Property
    @Verifies("G-2")
    default void whatIsPublishedAfterCloseIsRefused(
            @ForAll(supplier = PubSubWorkloads.Closing.class) PubSubWorkload workload) {
        PubSubDriver.judge(this, "G-2", workload, new ClosedRefusesPublishes());
    }

    private void afterBrokerClosed(List<Operation> operations) {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "G-2")) {
            RecordedSubscription subscription = broker.subscribe("order.created");
            broker.subscribeWithPattern("order.#");
            broker.publishAll("order.created", Messages.numbered(3));
            broker.publish("nobody.listens", Messages.message("unheard"));
            broker.drain();
            Rest.awaitCounts(broker);
            PubSubMetrics before = broker.metrics();
            broker.closeNow();
            for (Operation operation : operations) {
                broker.refused(
                        ClosedException.class, operation + " after close", () -> operation.make(broker.unrecorded()));
                PubSubMetrics after = broker.metrics();
                broker.require(
                        after.topics().equals(before.topics()) && after.others().equals(before.others()),
                        "the metrics were %s before close and are %s after it and %s"
                                .formatted(before, after, operation));
                broker.require(
                        after.subscriptions() == 0,
                        "after close the metrics say that %d subscriptions live".formatted(after.subscriptions()));
            }
            requireAnswers(broker, subscription);
        }
    }

    /** A subscription is no longer fed, but answers. */
    private static void requireAnswers(PubSubUnderTest broker, RecordedSubscription subscription) {
        broker.close(subscription);
        broker.requireEnded(subscription, EndReason.BROKER_CLOSED);
        broker.require(
                broker.call("dropped after close", subscription::dropped) == 0
                        && broker.call("take after close", subscription::take).isEmpty()
                        && broker.pollNow(subscription).isEmpty(),
                "a subscription of a closed broker, from which all was taken, gave out something");
    }

    @Test
    @Verifies("G-3")
    default void theBrokerMayBeClosedAgainAndBySeveralAtOnce() {
        closeBrokerFrom(4, 0);
    }

    @Test
    @Verifies("G-3")
    default void theBrokerMayBeClosedFromInsideASubscriber() {
        closeBrokerFrom(0, 1);
    }

    @Property
    @Verifies("G-3")
    default void theBrokerMayBeClosedFromAnywhere(
            @ForAll @IntRange(min = 0, max = 4) int outside, @ForAll @IntRange(min = 0, max = 3) int inside) {
        closeBrokerFrom(outside, inside);
    }

    private void closeBrokerFrom(int outside, int inside) {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "G-3")) {
            AtomicInteger closings = new AtomicInteger();
            for (int i = 0; i < inside; i++) {
                broker.subscribe("order.created").unrecorded().asPublisher().subscribe(new Listener(message -> {
                    broker.unrecorded().close();
                    closings.incrementAndGet();
                }));
            }
            RecordedSubscription blocked = broker.subscribe("order.shipped");
            Running<Optional<Message>> take = Bounded.start("take", blocked::take);
            broker.publish("order.created", Messages.message("closes"));
            List<Running<Boolean>> closers = new ArrayList<>();
            for (int i = 0; i < outside; i++) {
                closers.add(Bounded.startRun("close from outside", broker.unrecorded()::close));
            }
            for (Running<Boolean> closer : closers) {
                broker.run(
                        "close by one of " + outside + " threads",
                        patience(),
                        () -> closer.await(timeouts().await()));
            }
            boolean fromInside = inside == 0
                    || outside > 0
                    || broker.happensWithin(timeouts().await(), () -> closings.get() >= 1);
            broker.require(
                    fromInside,
                    "close from inside a subscriber did not return within "
                            + timeouts().await());
            broker.closeNow();
            broker.closeNow();
            broker.refused(
                    ClosedException.class, "publish after close", () -> Operation.PUBLISH.make(broker.unrecorded()));
            broker.call(
                    "take at the close", patience(), () -> take.await(timeouts().await()));
        }
    }

    /** Longer than the bound on the thread that makes the call, so that the thread's stack is told. */
    private Duration patience() {
        return timeouts().await().multipliedBy(2);
    }

    @Test
    @Verifies("G-10")
    default void theClosedBrokerLeavesNoThreadBehind() {
        ThreadCensus census = ThreadCensus.take();
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "G-10")) {
            listen(broker, "order.created", Long.MAX_VALUE);
            listen(broker, "order.*", 1);
            listen(broker, "order.#", 0);
            RecordedSubscription gone = broker.subscribe("order.created");
            broker.publishAll("order.created", Messages.numbered(10));
            broker.close(gone);
            broker.unsubscribe("order.*");
            broker.closeNow();
            requireNoThreadLeft(broker, census);
        }
    }

    private static void listen(PubSubUnderTest broker, String pattern, long demand) {
        broker.subscribeWithPattern(pattern)
                .unrecorded()
                .asPublisher()
                .subscribe(new Listener(message -> {}).asking(demand));
    }

    @Property
    @Verifies("G-10")
    default void theBrokerClosedUnderWayLeavesNoThreadBehind(
            @ForAll(supplier = PubSubWorkloads.Closing.class) PubSubWorkload workload) {
        ThreadCensus census = ThreadCensus.take();
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "G-10")) {
            PubSubDriver.run(this, broker, workload);
            requireNoThreadLeft(broker, census);
        }
    }

    private void requireNoThreadLeft(PubSubUnderTest broker, ThreadCensus census) {
        List<Thread> left = Polling.until(timeouts().tolerance(), census::newcomers, List::isEmpty);
        broker.require(left.isEmpty(), "after close these threads are still alive: " + ThreadCensus.describe(left));
    }

    @Test
    @Verifies("P-14")
    default void closingTheBrokerEndsEverySubscriptionAtOnce() {
        closeUnderTakers(2, 2, 0);
        closeUnderTakers(1, 0, 3);
    }

    @Property
    @Verifies("P-14")
    default void closingTheBrokerEndsAnyNumberOfTakes(
            @ForAll @IntRange(min = 1, max = 3) int subscriptions,
            @ForAll @IntRange(max = 3) int takers,
            @ForAll @IntRange(max = 3) int buffered) {
        closeUnderTakers(subscriptions, takers, buffered);
    }

    /** Either takers wait in vain, or something is buffered that nobody takes before the close. */
    private void closeUnderTakers(int subscriptions, int takers, int buffered) {
        int capacity = Math.max(1, buffered);
        try (PubSubUnderTest broker = PubSubUnderTest.open(
                this, "P-14", config().bufferCapacity(capacity).build())) {
            List<RecordedSubscription> waiting = IntStream.range(0, subscriptions)
                    .mapToObj(i -> broker.subscribeWithPattern(i % 2 == 0 ? "order.*" : "order.#"))
                    .toList();
            RecordedSubscription filled = broker.subscribe("user.created");
            if (buffered > 0) {
                // One more than fits: once it is dropped, so many are certainly buffered.
                broker.publishAll("user.created", Messages.numbered(buffered + 1));
                broker.awaitDropped(filled, 1);
            }
            List<Running<Optional<Message>>> takes = new ArrayList<>();
            AtomicLong heard = new AtomicLong();
            for (RecordedSubscription subscription : waiting) {
                for (int i = 0; i < takers; i++) {
                    Supplier<Optional<Message>> take = i % 2 == 0
                            ? subscription::take
                            : () -> subscription.poll(timeouts().recovery());
                    takes.add(Bounded.start("take", () -> {
                        Optional<Message> message = take.get();
                        heard.accumulateAndGet(System.nanoTime(), Math::max);
                        return message;
                    }));
                }
            }
            Waiting.await(broker, takes);
            broker.require(
                    takes.stream().noneMatch(Running::isDone),
                    "a take returned before anything was there and before the broker was closed");
            CountDownLatch release = new CountDownLatch(1);
            Running<Long> control = Bounded.start("wait for a latch", () -> {
                release.await();
                return System.nanoTime();
            });
            broker.closeNow();
            long closed = System.nanoTime();
            release.countDown();
            for (Running<Optional<Message>> take : takes) {
                Optional<Message> end = broker.call(
                        "a take that waited when the broker was closed",
                        patience(),
                        () -> take.await(timeouts().await()));
                broker.require(end.isEmpty(), "a take returned " + end + " when the broker was closed");
            }
            // What any thread needs to wake up on this machine now is nobody's fault.
            Duration anyway = Duration.ofNanos(control.await(timeouts().await()) - closed);
            Duration took = Duration.ofNanos(Math.max(0, heard.get() - closed));
            broker.require(
                    took.compareTo(timeouts().tolerance().plus(anyway.multipliedBy(2))) <= 0,
                    "takes heard of the end %s after the broker was closed, where other threads woke up within %s"
                            .formatted(took, anyway));
            waiting.forEach(it -> broker.requireEnded(it, EndReason.BROKER_CLOSED));
            broker.requireEnded(filled, EndReason.BROKER_CLOSED);
            for (int i = 0; i < buffered; i++) {
                broker.require(
                        broker.call("take after close", filled::take).isPresent(),
                        "%d messages were buffered when the broker was closed, and only %d could be taken"
                                .formatted(buffered, i));
            }
            broker.require(
                    broker.call("take after close", filled::take).isEmpty(),
                    "a subscription of a closed broker gave out more than it had buffered");
        }
    }

    @Property
    @Verifies("P-14")
    default void closingTheBrokerUnderWayEndsEverySubscription(
            @ForAll(supplier = PubSubWorkloads.Closing.class) PubSubWorkload workload) {
        PubSubDriver.judge(this, "P-14", workload, new EndsTold().and(new NothingMissing()));
    }
}
