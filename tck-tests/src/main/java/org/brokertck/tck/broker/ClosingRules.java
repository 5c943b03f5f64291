package org.brokertck.tck.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.BrokerException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.check.broker.SilentAfterClose;
import org.brokertck.tck.history.broker.RecordedTopics;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Gate;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.scenario.ThreadCensus;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Closing is final, repeatable, lets running handlers finish, and leaves no thread behind. */
public interface ClosingRules extends BrokerRules {
    /** The operations that a closed broker refuses. */
    enum Operation {
        /** {@link MessageBroker#produce}, to a topic that somebody heard. */
        PRODUCE,
        /** {@link MessageBroker#produce}, to a topic that nobody heard. */
        PRODUCE_UNHEARD,
        /** {@link MessageBroker#subscribe}. */
        SUBSCRIBE;

        @SuppressWarnings("resource") // nothing is opened where all is refused
        private void make(MessageBroker broker) {
            switch (this) {
                case PRODUCE -> broker.produce("order.created", Messages.message("after-close"));
                case PRODUCE_UNHEARD -> broker.produce("nobody.listens", Messages.message("after-close"));
                case SUBSCRIBE -> broker.subscribe("order.created", message -> {});
            }
        }
    }

    @Test
    @Verifies("G-2")
    default void aClosedBrokerRefusesEverythingButItsHealth() {
        refuseAfterClose(List.of(Operation.values()));
    }

    @Property
    @Verifies("G-2")
    default void aClosedBrokerRefusesAnySequenceOfCalls(@ForAll @Size(min = 1, max = 10) List<Operation> operations) {
        refuseAfterClose(operations);
    }

    private void refuseAfterClose(List<Operation> operations) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-2")) {
            RecordedTopics.Heard failing = broker.subscribe("order.created", message -> {
                throw new IllegalStateException("as planned");
            });
            broker.produceAll("order.created", Messages.numbered(3));
            broker.settle();
            broker.closeNow();
            HealthStatus closed = broker.health();
            for (Operation operation : operations) {
                broker.refused(
                        ClosedException.class, operation + " after close", () -> operation.make(broker.unrecorded()));
                long errors = broker.health().errors();
                broker.require(
                        errors >= 3 && errors == closed.errors(),
                        "3 handlers failed; after close health counted %d errors, and %d after %s"
                                .formatted(closed.errors(), errors, operation));
            }
            broker.close(failing);
            broker.judge(new SilentAfterClose());
        }
    }

    /** While producers and handlers are busy: what is under way when close returns has ended, and nothing starts after it. */
    @Test
    @Verifies("G-2")
    default void noHandlerStartsOnceCloseHasReturned() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-2")) {
            AtomicInteger handled = new AtomicInteger();
            for (int i = 0; i < 3; i++) {
                broker.subscribe("order.created", message -> handled.incrementAndGet());
            }
            Running<Boolean> producer = Bounded.startRun("busy producer", () -> produceUntilClosed(broker));
            broker.await("some messages being handled", () -> handled.get() > 10);
            broker.closeNow();
            broker.run(
                    "produce under the close", () -> producer.await(timeouts().await()));
            broker.require(
                    broker.stays(() -> new SilentAfterClose().judge(broker.history()) instanceof Verdict.Valid),
                    "a handler started after close had returned");
            broker.judge(new SilentAfterClose());
        }
    }

    private static void produceUntilClosed(BrokerUnderTest broker) {
        try {
            for (int i = 0; ; i++) {
                broker.recorded().produce("busy", "order.created", Messages.message("busy-" + i));
            }
        } catch (BrokerException closed) {
            // As it should be.
        }
    }

    /** Where a broker bounds what waits for a subscriber: a produce that waits for room has no more to wait for. */
    @Test
    @Verifies("G-2")
    @Needs(inMemory = true)
    default void aProduceThatWaitsForRoomEndsWithItsBroker() {
        try (BrokerUnderTest broker = openWithLittleRoom("G-2")) {
            closeUnderAProduce(broker)
                    .ifPresent(producer -> broker.refused(
                            ClosedException.class,
                            "a produce that waited for room when its broker was closed",
                            () -> producer.await(timeouts().await().dividedBy(2))));
        }
    }

    /** That it was closed says nothing of how well it worked. */
    @Test
    @Verifies("B-2")
    @Needs(inMemory = true)
    default void aProduceThatEndsWithItsBrokerIsNoErrorOfThat() {
        try (BrokerUnderTest broker = openWithLittleRoom("B-2")) {
            boolean waited = closeUnderAProduce(broker).isPresent();
            long errors = broker.health().errors();
            broker.require(
                    !waited || errors == 0,
                    "nothing failed but a produce that waited for room when its broker was closed, and health counts %d errors"
                            .formatted(errors));
        }
    }

    private BrokerUnderTest openWithLittleRoom(String rule) {
        return BrokerUnderTest.open(
                this,
                rule,
                config().capacity(2).produceTimeout(timeouts().recovery()).build());
    }

    /** Closes the broker; the produce that waited for room then, if one did. Its subscriber makes none before that has ended. */
    private Optional<Running<Boolean>> closeUnderAProduce(BrokerUnderTest broker) {
        Gate gate = new Gate(timeouts().recovery());
        try {
            AtomicBoolean enough = new AtomicBoolean();
            broker.subscribe("order.created", gate);
            Running<Boolean> producer =
                    Bounded.startRun("a produce that waited for room when its broker was closed", () -> {
                        for (int i = 0; i < 8 && !enough.get(); i++) {
                            broker.recorded().produce("waiting", "order.created", Messages.message("m-" + i));
                        }
                    });
            // One that bounds nothing takes them all, and is done.
            boolean waits = broker.stays(StillWaiting.in(producer));
            enough.set(true);
            Running<Boolean> close = Bounded.startRun("close", broker.unrecorded()::close);
            broker.happensWithin(timeouts().await().dividedBy(2), producer::isDone);
            gate.open();
            broker.run(
                    "close",
                    timeouts().await().multipliedBy(2),
                    () -> close.await(timeouts().await()));
            broker.closeNow();
            return waits ? Optional.of(producer) : Optional.empty();
        } finally {
            gate.open();
        }
    }

    @Test
    @Verifies("G-3")
    default void theBrokerMayBeClosedAgainAndBySeveralAtOnce() {
        closeFrom(4, 0);
    }

    @Test
    @Verifies("G-3")
    default void theBrokerMayBeClosedFromInsideAHandler() {
        closeFrom(0, 1);
    }

    @Property
    @Verifies("G-3")
    default void theBrokerMayBeClosedFromAnywhere(
            @ForAll @IntRange(min = 0, max = 4) int outside, @ForAll @IntRange(min = 0, max = 3) int inside) {
        closeFrom(outside, inside);
    }

    private void closeFrom(int outside, int inside) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-3")) {
            AtomicInteger closings = new AtomicInteger();
            for (int i = 0; i < inside; i++) {
                broker.subscribe("order.created", message -> {
                    broker.unrecorded().close();
                    closings.incrementAndGet();
                });
            }
            broker.produce("order.created", Messages.message("closes"));
            List<Running<Boolean>> closers = new ArrayList<>();
            for (int i = 0; i < outside; i++) {
                closers.add(Bounded.startRun("close from outside", broker.unrecorded()::close));
            }
            closers.forEach(it -> broker.run(
                    "close by one of " + outside + " threads",
                    timeouts().await().multipliedBy(2),
                    () -> it.await(timeouts().await())));
            if (inside > 0 && outside == 0) {
                broker.require(
                        broker.happensWithin(timeouts().await().dividedBy(2), () -> closings.get() >= 1),
                        "close from inside a handler did not return within "
                                + timeouts().await().dividedBy(2));
            }
            broker.closeNow();
            broker.closeNow();
            broker.refused(
                    ClosedException.class, "produce after close", () -> Operation.PRODUCE.make(broker.unrecorded()));
        }
    }

    @Test
    @Verifies("G-10")
    default void theClosedBrokerLeavesNoThreadBehind() {
        leaveNoThread(3, 2, 1);
    }

    @Property
    @Verifies("G-10")
    default void whateverItDidTheClosedBrokerLeavesNoThreadBehind(
            @ForAll @IntRange(max = 5) int subscribers,
            @ForAll @IntRange(max = 5) int messages,
            @ForAll @IntRange(max = 2) int leaving) {
        leaveNoThread(subscribers, messages, leaving);
    }

    private void leaveNoThread(int subscribers, int messages, int leaving) {
        ThreadCensus census = ThreadCensus.take();
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-10")) {
            List<RecordedTopics.Heard> heard = new ArrayList<>();
            for (int i = 0; i < subscribers; i++) {
                heard.add(broker.subscribe(i % 2 == 0 ? "order.created" : "order.shipped"));
            }
            broker.produceAll("order.created", Messages.numbered(messages));
            heard.stream().limit(leaving).forEach(broker::close);
            broker.health();
            broker.closeNow();
            List<Thread> left = Polling.until(timeouts().tolerance(), census::newcomers, List::isEmpty);
            broker.require(left.isEmpty(), "after close these threads are still alive: " + ThreadCensus.describe(left));
        }
    }
}
