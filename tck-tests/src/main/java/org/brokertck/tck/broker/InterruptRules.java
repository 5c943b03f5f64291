package org.brokertck.tck.broker;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.BrokerException;
import org.brokertck.api.message.Message;
import org.brokertck.api.target.Fault;
import org.brokertck.tck.check.broker.NothingInvented;
import org.brokertck.tck.check.broker.NothingLost;
import org.brokertck.tck.history.broker.RecordedTopics;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Gate;
import org.brokertck.tck.scenario.Interruptible;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Server;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Blocked calls answer an interrupt, and leave nothing half done. */
public interface InterruptRules extends BrokerRules {
    /** Close waits for a handler; an interrupt ends the wait, and the broker is closed all the same. */
    @Test
    @Verifies("G-9")
    default void anInterruptEndsTheWaitOfAClose() {
        Gate gate = new Gate(timeouts().recovery());
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this, "G-9", config().drainTimeout(timeouts().recovery()).build())) {
            broker.subscribe("order.created", gate);
            broker.produce("order.created", Messages.message("running"));
            broker.await("a handler running", () -> gate.inside() == 1);
            interrupt(broker, "close", broker.unrecorded()::close);
            gate.open();
            broker.closeNow();
            broker.refused(
                    BrokerException.class,
                    "produce after a close that was interrupted",
                    () -> broker.unrecorded().produce("order.created", Messages.message("late")));
        } finally {
            gate.open();
        }
    }

    /** As it waits for a server that stands still. */
    @Test
    @Verifies("G-9")
    @Needs(faults = Fault.PAUSE)
    default void anInterruptEndsTheWaitForAServer() {
        try (Server server = Server.of(target());
                BrokerUnderTest broker = BrokerUnderTest.open(
                        this,
                        "G-9",
                        config().produceTimeout(timeouts().recovery())
                                .healthTimeout(timeouts().recovery())
                                .build())) {
            broker.subscribe("order.created");
            broker.produce("order.created", Messages.message("before"));
            server.pause();
            try {
                interrupt(
                        broker,
                        "produce",
                        () -> broker.recorded().produce("interrupted", "order.created", Messages.message("under way")));
                interrupt(broker, "health", broker.unrecorded()::health);
            } finally {
                server.resume();
            }
            broker.await("produce working again", () -> broker.tryProduce("order.created", Messages.message("after")));
            broker.judgeSettled(new NothingLost().and(new NothingInvented()));
        }
    }

    /** Where a broker bounds what waits for a subscriber. The message may be taken or not, but for all alike. */
    @Test
    @Verifies("G-9")
    @Needs(inMemory = true)
    default void anInterruptEndsTheWaitForRoom() {
        Gate gate = new Gate(timeouts().recovery());
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this,
                "G-9",
                config().capacity(2).produceTimeout(timeouts().recovery()).build())) {
            RecordedTopics.Heard full = broker.subscribe("order.created", gate);
            RecordedTopics.Heard free = broker.subscribe("order.created");
            Interruptible<Boolean> filling = Interruptible.startRun(
                    "produce that waits for room",
                    () -> Messages.numbered(8)
                            .forEach(it -> broker.recorded().produce("filling", "order.created", it)));
            if (broker.stays(StillWaiting.in(filling.running()))) {
                filling.interrupt(timeouts().await().dividedBy(2), broker::refused, broker::require);
            }
            gate.open();
            broker.produce("order.created", Messages.message("last"));
            broker.judgeSettled(new NothingLost().and(new NothingInvented()));
            broker.require(
                    distinct(broker, full).equals(distinct(broker, free)),
                    "a produce that was interrupted was half done: one subscriber received %s, the other %s"
                            .formatted(distinct(broker, full), distinct(broker, free)));
        } finally {
            gate.open();
        }
    }

    private void interrupt(BrokerUnderTest broker, String what, Runnable blocking) {
        Interruptible<Boolean> call = Interruptible.startRun(what, blocking);
        broker.require(
                broker.stays(StillWaiting.in(call.running())),
                what + " did not wait, so there is nothing to interrupt");
        call.interrupt(timeouts().await().dividedBy(2), broker::refused, broker::require);
    }

    /** An implementation may refuse what it would have to wait for; then nobody gets it. */
    @Property
    @Verifies("G-9")
    default void producesOfInterruptedThreadsAreWholeOrNot(@ForAll @Size(min = 1, max = 6) List<Boolean> interrupted) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-9")) {
            RecordedTopics.Heard first = broker.subscribe("order.created");
            RecordedTopics.Heard second = broker.subscribe("order.created");
            for (int i = 0; i < interrupted.size(); i++) {
                Message message = Messages.message("m-" + i);
                boolean flag = interrupted.get(i);
                broker.run("produce by a thread that is interrupted", () -> produceWith(broker, message, flag));
            }
            broker.produce("order.created", Messages.message("last"));
            broker.judgeSettled(new NothingLost().and(new NothingInvented()));
            List<String> ofFirst = distinct(broker, first);
            List<String> ofSecond = distinct(broker, second);
            broker.require(
                    ofFirst.equals(ofSecond),
                    "produces of interrupted threads were half done: one subscriber received %s, the other %s"
                            .formatted(ofFirst, ofSecond));
        }
    }

    private static void produceWith(BrokerUnderTest broker, Message message, boolean interrupted) {
        broker.require(
                Interruptible.leavesFlag(
                        interrupted, () -> broker.recorded().produce("interrupted", "order.created", message)),
                "produce took away the interrupt flag of its thread");
    }

    private static List<String> distinct(BrokerUnderTest broker, RecordedTopics.Heard heard) {
        return broker.history().handledBy(heard.name()).stream()
                .map(it -> it.id())
                .distinct()
                .toList();
    }
}
