package org.brokertck.tck.resilience.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.resilience.BatchMetrics;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Blocked calls answer an interrupt, and nothing is left half done. */
public interface BatchInterruptRules extends BatchRules {
    @Test
    @Verifies("G-9")
    default void anInterruptEndsAnAddThatWaits() {
        interruptAdds(1);
    }

    @Property
    @Verifies("G-9")
    default void anInterruptEndsAnyNumberOfAdds(@ForAll @IntRange(min = 1, max = 4) int waiting) {
        interruptAdds(waiting);
    }

    private void interruptAdds(int count) {
        try (BatchUnderTest batch =
                BatchUnderTest.open(this, "G-9", config().capacity(3).build())) {
            CountDownLatch gate = new CountDownLatch(1);
            batch.handler().holdBehind(gate);
            batch.addNumbered(3);
            List<Running<Boolean>> waiting = new ArrayList<>();
            List<AtomicBoolean> flags = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String item = "late-" + i;
                AtomicBoolean flag = new AtomicBoolean();
                flags.add(flag);
                waiting.add(startNoting(flag, "add", () -> batch.unrecorded().add(item)));
            }
            batch.require(batch.stays(StillWaiting.in(waiting)), "an add returned where there was no room");
            for (int i = 0; i < count; i++) {
                requireInterruptible(batch, waiting.get(i), flags.get(i), "add");
            }
            batch.requireMetrics(new BatchMetrics(3, 0, 0, 0));
            gate.countDown();
            batch.awaitFlushes(1);
            batch.addNumbered(3);
            batch.awaitFlushes(2);
            batch.requireSound();
        }
    }

    /** There is room, so that nothing need be waited for. An implementation may refuse it nevertheless; then it is not added. */
    @Property
    @Verifies("G-9")
    default void addsOfInterruptedThreadsAreWholeOrNot(@ForAll @Size(min = 1, max = 6) List<Boolean> interrupted) {
        try (BatchUnderTest batch = BatchUnderTest.open(this, "G-9", config().build())) {
            for (int i = 0; i < interrupted.size(); i++) {
                String item = "interrupted-" + i;
                boolean flag = interrupted.get(i);
                batch.run("add by a thread that is interrupted", timeouts().await(), () -> addWith(batch, item, flag));
            }
            batch.closeNow();
            batch.requireSound();
        }
    }

    private static void addWith(BatchUnderTest batch, String item, boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            batch.unrecorded().add(item);
            batch.noteAdded(item);
        } catch (OperationInterruptedException refusal) {
            // As it may.
        }
        batch.require(
                Thread.currentThread().isInterrupted() == interrupted,
                "add took away the interrupt flag of its thread");
    }

    private static Running<Boolean> startNoting(AtomicBoolean flag, String what, Runnable call) {
        return Bounded.startRun(what, () -> {
            try {
                call.run();
            } finally {
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
    }

    private void requireInterruptible(BatchUnderTest batch, Running<Boolean> call, AtomicBoolean flag, String what) {
        call.interrupt();
        batch.refused(
                OperationInterruptedException.class,
                "an interrupted " + what,
                () -> call.await(timeouts().await().dividedBy(2)));
        batch.require(flag.get(), "an interrupted " + what + " did not restore the interrupt flag of its thread");
    }

    @Test
    @Verifies("G-9")
    default void anInterruptHastensTheClose() {
        try (BatchUnderTest batch = BatchUnderTest.open(
                this, "G-9", config().drainTimeout(timeouts().recovery()).build())) {
            batch.handler().holdBehind(new CountDownLatch(1));
            batch.addNumbered(4);
            AtomicBoolean flag = new AtomicBoolean();
            Running<Boolean> closing = startNoting(flag, "close", batch.unrecorded()::close);
            batch.require(
                    batch.stays(StillWaiting.in(closing)), "close did not wait, so there is nothing to interrupt");
            requireInterruptible(batch, closing, flag, "close");
            batch.await("the interrupt of the flush", () -> batch.handler().inside() == 0);
            batch.requireUnflushed(List.of("i-0", "i-1", "i-2", "i-3"));
            batch.closeNow();
        }
    }
}
