package org.brokertck.tck.queue;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.brokertck.tck.check.NoLoss;
import org.brokertck.tck.scenario.Gate;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Thrown;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.QueueWorkload;
import org.brokertck.tck.workload.Workloads;
import org.junit.jupiter.api.Test;

/** Whatever a handler does, the other messages are delivered. */
public interface HandlerFailureRules extends QueueRules {
    @Test
    @Verifies("G-12")
    default void whateverAHandlerThrowsTheNextMessageComes() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "G-12")) {
            AtomicBoolean leaked = new AtomicBoolean();
            queue.consume(message -> {
                leaked.compareAndSet(false, Thread.currentThread().isInterrupted());
                if (message.headers().containsKey("throws")) {
                    Thrown.valueOf(message.headers().get("throws")).happen();
                }
            });
            for (Thrown thrown : Thrown.values()) {
                queue.produce(Messages.builder("throws-" + thrown)
                        .headers(Map.of("throws", thrown.name()))
                        .build());
                queue.produce(Messages.message("after-" + thrown));
                queue.require(
                        queue.happens(() -> queue.recorded().isSettled()),
                        "after a handler threw " + thrown.thrown().getClass().getName()
                                + " the next message was not delivered");
            }
            queue.require(
                    !leaked.get(), "the interrupt flag that a handler left behind was still set for the next message");
            queue.judgeSettled(new NoLoss());
        }
    }

    @Test
    @Verifies("G-12")
    default void aHandlerThatReturnsLateHoldsUpNoOtherConsumer() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "G-12")) {
            // For longer than the wait below, or the late handler would end before it is told.
            Gate gate = new Gate(timeouts().await().multipliedBy(2));
            queue.consume(message -> {
                if (message.id().equals("late")) {
                    gate.handle(message);
                }
            });
            queue.produce(Messages.message("late"));
            queue.await("the start of the late handler", () -> queue.recorded().attempts() == 1);
            queue.consume(message -> {});
            queue.produceAll(Messages.numbered(20));
            queue.require(queue.awaitAttempts(21), "while one handler was late, another consumer was given nothing");
            gate.open();
            queue.judgeSettled(new NoLoss());
        }
    }

    @Property
    @Verifies("G-12")
    default void failuresOfAllKindsStopNothing(@ForAll(supplier = Workloads.OneConsumer.class) QueueWorkload workload) {
        WorkloadDriver.judge(this, "G-12", workload, new NoLoss());
    }
}
