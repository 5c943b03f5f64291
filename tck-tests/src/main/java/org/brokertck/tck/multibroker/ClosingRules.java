package org.brokertck.tck.multibroker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.ClosedException;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.MultiBroker;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.scenario.ThreadCensus;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Closing is final and repeatable, from anywhere, and leaves no thread behind. */
public interface ClosingRules extends MultiBrokerRules {
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
