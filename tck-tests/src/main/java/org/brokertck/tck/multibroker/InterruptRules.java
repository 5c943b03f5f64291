package org.brokertck.tck.multibroker;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.tck.check.broker.NothingInvented;
import org.brokertck.tck.check.broker.NothingLost;
import org.brokertck.tck.history.broker.RecordedTopics;
import org.brokertck.tck.scenario.Gate;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
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

    private void interrupt(MultiUnderTest multi, String what, Runnable blocking) {
        AtomicBoolean flag = new AtomicBoolean();
        Running<Boolean> call = Bounded.startRun(what, () -> {
            try {
                blocking.run();
            } finally {
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        multi.require(multi.stays(StillWaiting.in(call)), what + " did not wait, so there is nothing to interrupt");
        call.interrupt();
        multi.refused(
                OperationInterruptedException.class,
                "an interrupted " + what,
                () -> call.await(timeouts().await().dividedBy(2)));
        multi.require(flag.get(), "an interrupted " + what + " did not restore the interrupt flag of its thread");
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
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            multi.recorded().produce("interrupted", "order.created", Messages.message(id));
        } catch (OperationInterruptedException refusal) {
            // As it may.
        }
        multi.require(
                Thread.currentThread().isInterrupted() == interrupted,
                "produce took away the interrupt flag of its thread");
    }
}
