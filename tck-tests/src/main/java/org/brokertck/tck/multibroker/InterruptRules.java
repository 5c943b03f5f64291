package org.brokertck.tck.multibroker;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.tck.check.broker.NothingInvented;
import org.brokertck.tck.check.broker.NothingLost;
import org.brokertck.tck.history.broker.RecordedTopics;
import org.brokertck.tck.scenario.Gate;
import org.brokertck.tck.scenario.Interruptible;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Calls that wait for a broker answer an interrupt. */
public interface InterruptRules extends MultiBrokerRules {
    @Test
    @Verifies("G-9")
    default void anInterruptEndsTheWaitForABroker() {
        // Only a manual clock keeps the timeout from ending the wait: elsewhere it is made long.
        try (MultiUnderTest multi = MultiUnderTest.open(
                this,
                "G-9",
                it -> it.produceTimeout(timeouts().recovery())
                        .drainTimeout(timeouts().recovery()))) {
            ScriptedBroker broker = multi.add("hanging", "backup").get(0);
            multi.route("#", "hanging,backup");
            broker.produces.hangs();
            interrupt(
                    multi,
                    "produce",
                    () -> multi.recorded().produce("interrupted", "order.created", Messages.message("under way")));
            broker.produces.works();
            multi.produce("order.created", "after");
            broker.closing.hangs();
            interrupt(multi, "close", multi.unrecorded()::close);
        }
    }

    /** It waits for the handler, which goes on. */
    @Test
    @Verifies("G-9")
    default void anInterruptEndsTheWaitOfACloseOfASubscription() {
        Gate gate = new Gate(timeouts().recovery());
        try (MultiUnderTest multi = MultiUnderTest.open(
                this,
                "G-9",
                it -> it.produceTimeout(timeouts().recovery())
                        .drainTimeout(timeouts().recovery()))) {
            multi.add("a", "b");
            RecordedTopics.Heard leaving = multi.subscribe("order.created", gate);
            RecordedTopics.Heard staying = multi.subscribe("order.created");
            multi.produce("order.created", "running");
            multi.await("a handler running", () -> gate.inside() == 1);
            interrupt(multi, "close of a subscription", leaving::close);
            gate.open();
            multi.produce("order.created", "later");
            multi.await(
                    staying.name() + " receiving what was produced",
                    () -> multi.history().handledBy(staying.name()).size() >= 2);
            multi.require(
                    multi.stays(() -> multi.history().handledBy(leaving.name()).size() == 1),
                    "a subscription was closed, which an interrupt cut short, and heard what was produced afterwards");
        } finally {
            gate.open();
        }
    }

    /** Whoever is interrupted has subscribed to nothing: neither on the brokers that were through with it, nor when others are. */
    @Test
    @Verifies("G-9")
    default void anInterruptedSubscribeLeavesNothingBehind() {
        try (MultiUnderTest multi = MultiUnderTest.open(
                this, "G-9", it -> it.produceTimeout(timeouts().recovery()))) {
            List<ScriptedBroker> brokers = multi.add("first", "hanging", "last");
            ScriptedBroker hanging = brokers.get(1);
            List<String> heard = new CopyOnWriteArrayList<>();
            hanging.subscribes.waits();
            Runnable subscribe =
                    () -> multi.unrecorded().subscribe("order.created", message -> heard.add(message.id()));
            if (!interruptIfItWaits(multi, "subscribe", subscribe)) {
                return; // It returned, and has subscribed.
            }
            hanging.subscribes.works();
            multi.awaitLook();
            for (ScriptedBroker broker : brokers) {
                multi.route("order.created", broker.name());
                multi.produce("order.created", "over-" + broker.name());
                multi.requireTaker("over-" + broker.name(), broker, "no subscription was made that it could lack");
            }
            multi.require(
                    multi.stays(heard::isEmpty),
                    "a subscribe was interrupted, and its handler heard %s".formatted(heard));
        }
    }

    /** The broker is added all the same, as one that is down, and joins as any other. */
    @Test
    @Verifies("G-9")
    default void anInterruptEndsTheWaitForABrokerThatIsAdded() {
        try (MultiUnderTest multi = MultiUnderTest.open(
                this, "G-9", it -> it.produceTimeout(timeouts().recovery()))) {
            multi.add("there");
            multi.subscribe("order.created");
            ScriptedBroker slow = multi.own(new ScriptedBroker("slow"));
            slow.subscribes.waits();
            boolean unused = interruptIfItWaits(
                    multi, "addBroker", () -> multi.unrecorded().addBroker("slow", slow));
            slow.subscribes.works();
            multi.require(
                    multi.health().containsKey("slow"),
                    "addBroker was interrupted, and brokerHealth tells of %s"
                            .formatted(multi.health().keySet()));
            multi.route("order.created", "slow");
            AtomicInteger count = new AtomicInteger();
            multi.require(
                    multi.comesWithALook(() -> multi.tryProduce("order.created", "m-" + count.incrementAndGet())),
                    "addBroker was interrupted, and after a look the broker, which works, took no message");
            multi.judgeSettled(new NothingLost().and(new NothingInvented()));
        }
    }

    /** A call that need not wait may return: whether it was interrupted. */
    private boolean interruptIfItWaits(MultiUnderTest multi, String what, Runnable call) {
        Interruptible<Boolean> started = Interruptible.startRun(what, call);
        if (!multi.stays(StillWaiting.in(started.running()))) {
            multi.run(what, () -> started.running().await(timeouts().await().dividedBy(2)));
            return false;
        }
        interrupt(multi, started);
        return true;
    }

    private void interrupt(MultiUnderTest multi, String what, Runnable blocking) {
        Interruptible<Boolean> call = Interruptible.startRun(what, blocking);
        multi.require(
                multi.stays(StillWaiting.in(call.running())), what + " did not wait, so there is nothing to interrupt");
        interrupt(multi, call);
    }

    private void interrupt(MultiUnderTest multi, Interruptible<Boolean> call) {
        call.interrupt(timeouts().await().dividedBy(2), multi::refused, multi::require);
    }

    @Property
    @Verifies("G-9")
    default void producesOfInterruptedThreadsAreToldTruly(@ForAll @Size(min = 1, max = 6) List<Boolean> interrupted) {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "G-9")) {
            multi.add("a", "b");
            multi.subscribe("order.created");
            for (int i = 0; i < interrupted.size(); i++) {
                String id = "m-" + i;
                boolean flag = interrupted.get(i);
                multi.run("produce by a thread that is interrupted", () -> produceWith(multi, id, flag));
            }
            multi.produce("order.created", "last");
            multi.judgeSettled(new NothingLost().and(new NothingInvented()));
        }
    }

    private static void produceWith(MultiUnderTest multi, String id, boolean interrupted) {
        multi.require(
                Interruptible.leavesFlag(
                        interrupted,
                        () -> multi.recorded().produce("interrupted", "order.created", Messages.message(id))),
                "produce took away the interrupt flag of its thread");
    }
}
