package org.brokertck.tck.broker;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.brokertck.tck.check.broker.InProducerOrder;
import org.brokertck.tck.check.broker.NothingInvented;
import org.brokertck.tck.check.broker.NothingLost;
import org.brokertck.tck.history.broker.RecordedTopics;
import org.brokertck.tck.scenario.Gate;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Thrown;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.broker.BrokerWorkload;
import org.brokertck.tck.workload.broker.BrokerWorkloads;
import org.junit.jupiter.api.Test;

/** A handler that throws or returns late never kills the delivery of other messages. */
public interface HandlerRules extends BrokerRules {
    @Test
    @Verifies("G-12")
    default void whateverAHandlerThrowsTheNextMessageComes() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-12")) {
            AtomicInteger seen = new AtomicInteger();
            Thrown[] all = Thrown.values();
            broker.subscribe("order.created", message -> all[seen.getAndIncrement() % all.length].happen());
            broker.subscribe("order.created");
            broker.produceAll("order.created", Messages.numbered(2 * all.length));
            broker.judgeSettled(new NothingLost().and(new NothingInvented()));
        }
    }

    /** Or the next handler's first wait would fail for what another one did. */
    @Test
    @Verifies("G-12")
    default void theInterruptFlagThatAHandlerLeavesBehindEndsWithIt() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-12")) {
            AtomicInteger leaked = new AtomicInteger();
            AtomicReference<String> last = new AtomicReference<>("");
            broker.subscribe("order.created", message -> {
                // The same message again may follow at once, and is no other one.
                boolean other = !message.id().equals(last.getAndSet(message.id()));
                leaked.addAndGet(other && Thread.currentThread().isInterrupted() ? 1 : 0);
                Thread.currentThread().interrupt();
            });
            broker.produceAll("order.created", Messages.numbered(5));
            broker.judgeSettled(new NothingLost());
            broker.require(
                    leaked.get() == 0,
                    "the interrupt flag that a handler left behind was still set for %d of the next messages"
                            .formatted(leaked.get()));
        }
    }

    @Test
    @Verifies("G-12")
    default void aHandlerThatReturnsLateHoldsUpNobodyElse() {
        Gate gate = new Gate(timeouts().recovery());
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-12")) {
            broker.subscribe("order.created", gate);
            RecordedTopics.Heard same = broker.subscribe("order.created");
            RecordedTopics.Heard other = broker.subscribe("order.shipped");
            broker.produceAll("order.created", Messages.numbered(5));
            broker.await("the first handler being called", () -> gate.inside() == 1);
            broker.produce("order.shipped", Messages.message("shipped"));
            List.of(same, other).forEach(it -> broker.awaitHandled(it, it == same ? 5 : 1));
            gate.open();
            broker.judgeSettled(new NothingLost());
        } finally {
            gate.open();
        }
    }

    @Property
    @Verifies("G-12")
    default void anyFailingHandlersLoseNothing(
            @ForAll(supplier = BrokerWorkloads.Failing.class) BrokerWorkload workload) {
        BrokerDriver.judge(
                this,
                "G-12",
                workload,
                new NothingLost().and(new NothingInvented()).and(new InProducerOrder()));
    }
}
