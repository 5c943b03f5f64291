package org.brokertck.tck.multibroker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.api.multibroker.MultiBroker;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.check.broker.SilentAfterClose;
import org.brokertck.tck.run.Costly;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.scenario.ThreadCensus;
import org.brokertck.tck.scenario.Together;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Closing closes every broker, is final and repeatable, and leaves no thread behind. */
public interface ClosingRules extends MultiBrokerRules {
    /** How a broker takes its own close. */
    enum OnClose {
        /** It closes. */
        CLOSES,
        /** It throws an exception of the contract. */
        THROWS,
        /** It throws something else. */
        THROWS_ELSE,
        /** It throws an Error. */
        THROWS_ERROR,
        /** It hangs. */
        HANGS;

        private void script(ScriptedBroker broker) {
            switch (this) {
                case CLOSES -> broker.closing.works();
                case THROWS -> broker.closing.fails(new BrokerUnavailableException("cannot close"));
                case THROWS_ELSE -> broker.closing.fails(new IllegalStateException("cannot close"));
                case THROWS_ERROR -> broker.closing.fails(new StackOverflowError("cannot close"));
                case HANGS -> broker.closing.hangs();
            }
        }
    }

    @Test
    @Verifies("M-13")
    default void everyBrokerIsClosedWhateverOthersThrow() {
        closeAll(List.of(OnClose.THROWS, OnClose.THROWS_ELSE, OnClose.CLOSES, OnClose.THROWS_ERROR, OnClose.CLOSES));
    }

    @Test
    @Verifies("M-13")
    default void everyBrokerIsClosedThoughOneHangs() {
        closeAll(List.of(OnClose.CLOSES, OnClose.HANGS, OnClose.THROWS, OnClose.CLOSES));
    }

    @Property
    @Costly
    @Verifies("M-13")
    default void anyBrokersAreAllClosed(@ForAll @Size(min = 1, max = 5) List<OnClose> brokers) {
        closeAll(brokers);
    }

    private void closeAll(List<OnClose> kinds) {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-13")) {
            for (OnClose kind : kinds) {
                kind.script(
                        multi.add(new ScriptedBroker("broker-" + multi.brokers().size())));
            }
            multi.subscribe("order.created");
            Running<Boolean> close = Bounded.startRun("close", () -> closeTolerant(multi.unrecorded()));
            if (kinds.contains(OnClose.HANGS)) {
                multi.await(
                        "the broker that hangs being closed",
                        () -> multi.brokers().stream().anyMatch(it -> it.closing.hanging() > 0));
                multi.require(
                        multi.pace().endsWithinSteps(multi.config().drainTimeout(), close),
                        "close did not return within %s while a broker hung in its own"
                                .formatted(multi.config().drainTimeout()));
            }
            multi.run(
                    "close",
                    timeouts().await().multipliedBy(2),
                    () -> close.await(timeouts().await()));
            List<Integer> closes =
                    multi.brokers().stream().map(ScriptedBroker::closes).toList();
            multi.require(
                    closes.stream().allMatch(it -> it >= 1),
                    "the brokers, which behave as %s, were closed %s times".formatted(kinds, closes));
        }
    }

    /** It is refused, or closed like all. */
    @Test
    @Verifies("M-13")
    default void aBrokerWhoseAddingMeetsACloseIsRefusedOrClosedToo() {
        for (int round = 0; round < 40; round++) {
            try (MultiUnderTest multi = MultiUnderTest.open(this, "M-13")) {
                multi.add("first");
                ScriptedBroker late = multi.own(new ScriptedBroker("late"));
                String what = "close, and an addBroker that met it";
                List<Running<Boolean>> both = Together.closeAnd(
                        what,
                        round,
                        multi.unrecorded()::close,
                        () -> multi.unrecorded().addBroker("late", late));
                List<Boolean> served = both.stream()
                        .map(it -> multi.call(
                                what,
                                timeouts().await().multipliedBy(2),
                                () -> it.await(timeouts().await())))
                        .toList();
                if (served.get(1)) {
                    multi.require(
                            multi.happens(() -> late.closes() > 0),
                            "a broker was added, which was not refused, while all were being closed, and was not closed");
                } else {
                    multi.require(
                            late.closes() == 0,
                            "a broker was refused, since all were being closed, and was closed all the same");
                }
            }
        }
    }

    private static void closeTolerant(MultiBroker broker) {
        try {
            broker.close();
        } catch (RuntimeException | Error ofABroker) {
            // Whether it comes out is not the rule's affair.
        }
    }

    /** The operations that it refuses when it is closed. */
    enum Operation {
        /** {@link MultiBroker#produce}. */
        PRODUCE,
        /** {@link MultiBroker#subscribe}. */
        SUBSCRIBE,
        /** {@link MultiBroker#setRoutingRule}. */
        SET_RULE,
        /** {@link MultiBroker#addBroker}. */
        ADD_BROKER,
        /** {@link MultiBroker#addHealthListener}. */
        ADD_LISTENER;

        @SuppressWarnings("resource") // nothing is opened where all is refused
        private void make(MultiBroker broker, ScriptedBroker another) {
            switch (this) {
                case PRODUCE -> broker.produce("order.created", Messages.message("after-close"));
                case SUBSCRIBE -> broker.subscribe("order.created", message -> {});
                case SET_RULE -> broker.setRoutingRule("#", "a");
                case ADD_BROKER -> broker.addBroker("another", another);
                case ADD_LISTENER -> broker.addHealthListener(it -> {});
            }
        }
    }

    @Test
    @Verifies("G-2")
    default void aClosedMultiBrokerRefusesEverythingButItsHealth() {
        refuseAfterClose(List.of(Operation.values()));
    }

    @Property
    @Costly
    @Verifies("G-2")
    default void aClosedMultiBrokerRefusesAnySequenceOfCalls(
            @ForAll @Size(min = 1, max = 10) List<Operation> operations) {
        refuseAfterClose(operations);
    }

    private void refuseAfterClose(List<Operation> operations) {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "G-2")) {
            multi.add("a", "b");
            multi.subscribe("order.created");
            multi.produce("order.created", "before");
            multi.closeNow();
            ScriptedBroker another = new ScriptedBroker("another");
            try {
                for (Operation operation : operations) {
                    multi.refused(
                            ClosedException.class,
                            operation + " after close",
                            () -> operation.make(multi.unrecorded(), another));
                    Map<String, HealthStatus> health = multi.health();
                    multi.require(
                            List.copyOf(health.keySet()).equals(List.of("a", "b"))
                                    && health.values().stream().allMatch(it -> it.status() == Health.UNHEALTHY),
                            "after close and %s health tells %s, where two unhealthy brokers are due"
                                    .formatted(operation, health));
                }
                multi.require(another.closes() == 0, "a broker that a closed multi-broker refused was closed by it");
            } finally {
                another.endTest();
            }
            multi.judge(new SilentAfterClose().judge(multi.history()));
            multi.require(
                    multi.stays(() -> new SilentAfterClose().judge(multi.history()) instanceof Verdict.Valid),
                    "a handler started after close had returned");
        }
    }

    /** What it finds is told of no more: all are unhealthy from now on. */
    @Test
    @Verifies("G-2")
    default void aLookUnderWayAtTheCloseChangesNothing() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "G-2")) {
            ScriptedBroker slow = multi.add("slow", "other").get(0);
            slow.health.waits();
            if (!multi.comesWithALook(() -> slow.health.hanging() == 1)) {
                throw multi.inconclusive("no look began within the health interval, which is the subject of M-11");
            }
            Running<Boolean> close = Bounded.startRun("close", multi.unrecorded()::close);
            multi.require(
                    multi.pace().endsWithinSteps(multi.config().drainTimeout().multipliedBy(2), close),
                    "close did not return while a look was under way that does not answer an interrupt");
            slow.health.works();
            multi.await("the end of the look", () -> slow.health.hanging() == 0);
            multi.require(
                    multi.stays(() -> multi.health(slow).status() == Health.UNHEALTHY),
                    "a look was under way as it was closed, and a broker is told as %s since that has ended"
                            .formatted(multi.health(slow)));
        }
    }

    /** As {@link MultiBroker#close()} says, also when a handler was the first to close it. */
    @Test
    @Verifies("G-3")
    default void everyCloseWaitsForTheSameEnd() {
        for (boolean fromInside : List.of(false, true)) {
            closeAgain(fromInside);
        }
    }

    private void closeAgain(boolean fromInside) {
        try (MultiUnderTest multi = MultiUnderTest.open(
                this, "G-3", it -> it.drainTimeout(timeouts().recovery().multipliedBy(100)))) {
            ScriptedBroker slow = multi.add("slow", "other").get(0);
            slow.closing.waits();
            if (fromInside) {
                multi.subscribe("order.created", message -> multi.unrecorded().close());
                multi.produce("order.created", "closes");
            }
            List<Running<Boolean>> closers = new ArrayList<>();
            for (int i = fromInside ? 1 : 0; i < 2; i++) {
                closers.add(Bounded.startRun("close", multi.unrecorded()::close));
            }
            multi.await("the close of a broker", () -> slow.closing.hanging() == 1);
            multi.require(
                    multi.stays(StillWaiting.in(closers)),
                    "it was closed twice, the first time %s, and a close returned while the close of a broker was under way and time was left"
                            .formatted(fromInside ? "by a handler" : "from outside as well"));
            slow.closing.works();
            closers.forEach(it -> multi.run(
                    "close",
                    timeouts().await().multipliedBy(2),
                    () -> it.await(timeouts().await())));
            multi.closeNow();
        }
    }

    @Test
    @Verifies("G-3")
    default void itMayBeClosedAgainAndBySeveralAtOnce() {
        closeFrom(4, 0, 0);
    }

    @Test
    @Verifies("G-3")
    default void itMayBeClosedFromInsideAHandlerOrAListener() {
        closeFrom(0, 1, 0);
        closeFrom(0, 0, 1);
    }

    @Property
    @Verifies("G-3")
    default void itMayBeClosedFromAnywhere(
            @ForAll @IntRange(max = 4) int outside,
            @ForAll @IntRange(max = 3) int handlers,
            @ForAll @IntRange(max = 2) int listeners) {
        closeFrom(outside, handlers, listeners);
    }

    private void closeFrom(int outside, int handlers, int listeners) {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "G-3")) {
            AtomicInteger closings = new AtomicInteger();
            Runnable closing = () -> {
                multi.unrecorded().close();
                closings.incrementAndGet();
            };
            ScriptedBroker changing = multi.add("a", "b").get(0);
            for (int i = 0; i < handlers; i++) {
                multi.subscribe("order.created", message -> closing.run());
            }
            for (int i = 0; i < listeners; i++) {
                multi.unrecorded().addHealthListener(it -> closing.run());
            }
            if (handlers > 0) {
                multi.produce("order.created", "closes");
            } else if (listeners > 0) {
                changing.is(Health.DEGRADED);
                multi.pace().pass(multi.config().healthInterval());
            }
            List<Running<Boolean>> closers = new ArrayList<>();
            for (int i = 0; i < outside; i++) {
                closers.add(Bounded.startRun("close from outside", multi.unrecorded()::close));
            }
            closers.forEach(it -> multi.run(
                    "close by one of " + outside + " threads",
                    timeouts().await().multipliedBy(2),
                    () -> it.await(timeouts().await())));
            if (outside == 0 && handlers + listeners > 0) {
                multi.require(
                        multi.happens(() -> closings.get() >= 1),
                        "close from inside a handler or a listener did not return within "
                                + timeouts().await());
            }
            multi.run("close", multi.unrecorded()::close);
            multi.closeNow();
            multi.refused(
                    ClosedException.class,
                    "produce after close",
                    () -> multi.unrecorded().produce("order.created", Messages.message("late")));
        }
    }

    /** Its brokers close at once, so that its end comes while its close is still at work. */
    @Test
    @Verifies("G-3")
    default void aMultiBrokerOnTheWallClockClosesQuietly() {
        for (int round = 0; round < 100; round++) {
            try (MultiUnderTest multi = MultiUnderTest.openOnTheWallClock(this, "G-3")) {
                multi.add("first", "second");
                multi.run("close", multi.unrecorded()::close);
                multi.run("a second close", multi.unrecorded()::close);
            }
        }
    }

    @Test
    @Verifies("G-10")
    default void aMultiBrokerOnTheWallClockLeavesNoThreadBehind() {
        ThreadCensus census = ThreadCensus.take();
        try (MultiUnderTest multi = MultiUnderTest.openOnTheWallClock(this, "G-10")) {
            multi.add("first", "second");
            multi.subscribe("order.created");
            multi.tryProduce("order.created", "m");
            requireNoThreadAfterClose(multi, census);
        }
    }

    @Test
    @Verifies("G-10")
    default void theClosedMultiBrokerLeavesNoThreadBehind() {
        leaveNoThread(2, 5, 2);
    }

    @Property
    @Verifies("G-10")
    default void whateverItDidTheClosedMultiBrokerLeavesNoThreadBehind(
            @ForAll @IntRange(max = 3) int brokers,
            @ForAll @IntRange(max = 8) int messages,
            @ForAll @IntRange(max = 3) int subscribers) {
        leaveNoThread(brokers, messages, subscribers);
    }

    private void leaveNoThread(int brokers, int messages, int subscribers) {
        ThreadCensus census = ThreadCensus.take();
        try (MultiUnderTest multi = MultiUnderTest.open(this, "G-10")) {
            multi.unrecorded().addHealthListener(it -> {});
            for (int i = 0; i < brokers; i++) {
                multi.add(new ScriptedBroker("broker-" + i));
            }
            for (int i = 0; i < subscribers; i++) {
                multi.subscribe("order.created");
            }
            for (int i = 0; i < messages; i++) {
                multi.tryProduce("order.created", "m-" + i);
            }
            if (brokers > 0) {
                multi.brokers().get(0).down();
                multi.pace().pass(multi.config().healthInterval());
            }
            requireNoThreadAfterClose(multi, census);
        }
    }

    private void requireNoThreadAfterClose(MultiUnderTest multi, ThreadCensus census) {
        multi.closeNow();
        List<Thread> left = Polling.until(timeouts().tolerance(), census::newcomers, List::isEmpty);
        multi.require(left.isEmpty(), "after close these threads are still alive: " + ThreadCensus.describe(left));
    }
}
