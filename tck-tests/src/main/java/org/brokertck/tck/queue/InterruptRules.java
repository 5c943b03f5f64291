package org.brokertck.tck.queue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.check.MetricsExact;
import org.brokertck.tck.check.NoInvention;
import org.brokertck.tck.check.NoLoss;
import org.brokertck.tck.run.Costly;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Gate;
import org.brokertck.tck.scenario.Interruptible;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Blocked calls answer an interrupt. */
public interface InterruptRules extends QueueRules {
    @Test
    @Verifies("G-9")
    default void anInterruptEndsAClose() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "G-9")) {
            Gate gate = new Gate(timeouts().await());
            queue.consume(gate);
            queue.produce(Messages.message("held"));
            queue.await("the start of a handler", () -> gate.inside() == 1);
            interrupt(queue, "close", queue.unrecorded()::close);
            requireCutOff(queue, "close", gate);
            queue.refused(
                    org.brokertck.api.ClosedException.class,
                    "produce after an interrupted close",
                    () -> queue.unrecorded().produce(Messages.message("late")));
            queue.closeNow();
        }
    }

    @Test
    @Verifies("G-9")
    default void anInterruptEndsTheCloseOfAConsumer() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "G-9")) {
            Gate gate = new Gate(timeouts().await());
            var consumer = queue.consume(gate);
            queue.produce(Messages.message("held"));
            queue.await("the start of a handler", () -> gate.inside() == 1);
            interrupt(queue, "close of a consumer", consumer::close);
            requireCutOff(queue, "close of a consumer", gate);
            queue.produce(Messages.message("next"));
            queue.consume(message -> {});
            queue.judge(new NoInvention());
        }
    }

    /** As though the drain timeout had run out. */
    private void requireCutOff(QueueUnderTest queue, String what, Gate gate) {
        boolean interrupted = queue.happensWithin(timeouts().tolerance(), () -> gate.inside() == 0);
        gate.open();
        queue.require(
                interrupted, "a %s was interrupted, and did not interrupt the handler that still ran".formatted(what));
    }

    @Test
    @Verifies("G-9")
    @Needs(capabilities = Capability.BOUNDED)
    default void anInterruptEndsAProduceThatWaitsForRoom() {
        interruptedProduces(1, 1);
    }

    @Property
    @Costly
    @Verifies("G-9")
    @Needs(capabilities = Capability.BOUNDED)
    default void interruptedProducesLeaveNothingHalfDone(
            @ForAll @IntRange(min = 1, max = 5) int capacity, @ForAll @IntRange(min = 1, max = 3) int blocked) {
        interruptedProduces(capacity, blocked);
    }

    private void interruptedProduces(int capacity, int blocked) {
        try (QueueUnderTest queue =
                QueueUnderTest.open(this, "G-9", config().capacity(capacity).build())) {
            queue.produceAll(Messages.numbered(capacity));
            for (int i = 0; i < blocked; i++) {
                var message = Messages.message("interrupted-" + i);
                interrupt(queue, "produce", () -> queue.recorded().produce("blocked", message));
            }
            queue.consume(message -> {});
            queue.judgeSettled(new NoInvention().and(new NoLoss()).and(new MetricsExact()));
        }
    }

    /** What was interrupted before must not wait as though it had not been. */
    @Test
    @Verifies("G-9")
    @Needs(capabilities = Capability.BOUNDED)
    default void aThreadThatIsInterruptedAlreadyDoesNotWaitForRoom() {
        QueueConfig config = config().capacity(1)
                .produceTimeout(timeouts().await().multipliedBy(3))
                .build();
        try (QueueUnderTest queue = QueueUnderTest.open(this, "G-9", config)) {
            queue.produce(Messages.message("fills"));
            Interruptible.startRun("produce to a full queue by a thread that was interrupted before", () -> {
                        Thread.currentThread().interrupt();
                        queue.recorded().produce("flagged", Messages.message("flagged"));
                    })
                    .requireAnswer(timeouts().await(), queue::refused, queue::require);
        }
    }

    /** The place comes while the interrupt is on its way: the produce tells truly whether its message is in. */
    @Test
    @Verifies("G-9")
    @Needs(capabilities = Capability.BOUNDED)
    default void aProduceThatIsInterruptedAsRoomComesIsWholeOrNot() {
        try (QueueUnderTest queue =
                QueueUnderTest.open(this, "G-9", config().capacity(1).build())) {
            AtomicInteger held = new AtomicInteger();
            AtomicInteger released = new AtomicInteger();
            queue.consume(message -> {
                if (message.id().startsWith("held")) {
                    // Stays on the processor, to be done at once when it is released.
                    int mine = held.incrementAndGet();
                    long end = System.nanoTime() + timeouts().await().toNanos();
                    while (released.get() < mine && System.nanoTime() < end) {
                        Thread.onSpinWait();
                    }
                }
            });
            int rounds = target().capabilities().contains(Capability.REMOTE) ? 10 : 60;
            for (int round = 1; round <= rounds; round++) {
                int current = round;
                queue.produce(Messages.message("held-" + round));
                queue.await("the start of a handler", () -> held.get() == current);
                Message message = Messages.message("interrupted-" + round);
                Running<Boolean> produce =
                        Bounded.startRun("produce", () -> queue.recorded().produce("interrupted", message));
                Polling.until(timeouts().await(), produce::isAtRest, it -> it);
                if (round % 3 == 0) {
                    released.set(round);
                    Polling.spin(round * 500L);
                    produce.interrupt();
                } else {
                    produce.interrupt();
                    released.set(round);
                }
                boolean ended = Polling.until(timeouts().await(), produce::isDone, it -> it);
                queue.require(ended, "a produce that was interrupted as room came did not return");
                queue.awaitSettled();
            }
            queue.judgeSettled(new NoInvention().and(new NoLoss()).and(new MetricsExact()));
        }
    }

    /** There is room, so that nothing need be waited for. An implementation may refuse it nevertheless; then nobody gets it. */
    @Property
    @Verifies("G-9")
    @Needs(inMemory = true)
    default void producesOfInterruptedThreadsAreWholeOrNot(@ForAll @Size(min = 1, max = 6) List<Boolean> interrupted) {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "G-9")) {
            queue.consume(message -> {});
            for (int i = 0; i < interrupted.size(); i++) {
                Message message = Messages.message("interrupted-" + i);
                boolean flag = interrupted.get(i);
                queue.run("produce by a thread that is interrupted", () -> produceWith(queue, message, flag));
            }
            queue.produce(Messages.message("last"));
            queue.judgeSettled(new NoInvention().and(new NoLoss()).and(new MetricsExact()));
        }
    }

    private static void produceWith(QueueUnderTest queue, Message message, boolean interrupted) {
        queue.require(
                Interruptible.leavesFlag(interrupted, () -> queue.recorded().produce("interrupted", message)),
                "produce took away the interrupt flag of its thread");
    }

    private void interrupt(QueueUnderTest queue, String what, Runnable blocking) {
        Interruptible<Boolean> call = Interruptible.startRun(what, blocking);
        queue.require(
                queue.stays(StillWaiting.in(call.running())),
                what
                        + " did not wait, where it must; another one may have been interrupted before, and left something behind");
        call.interrupt(timeouts().await(), queue::refused, queue::require);
    }
}
