package org.brokertck.tck.resilience.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.resilience.BatchMetrics;
import org.brokertck.tck.scenario.Interruptible;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
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
            List<Interruptible<Boolean>> waiting = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String item = "late-" + i;
                waiting.add(
                        Interruptible.startRun("add", () -> batch.unrecorded().add(item)));
            }
            batch.require(
                    batch.stays(StillWaiting.in(
                            waiting.stream().map(Interruptible::running).toList())),
                    "an add returned where there was no room");
            waiting.forEach(it -> interrupt(batch, it));
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
        batch.require(
                Interruptible.leavesFlag(interrupted, () -> {
                    batch.unrecorded().add(item);
                    batch.noteAdded(item);
                }),
                "add took away the interrupt flag of its thread");
    }

    private void interrupt(BatchUnderTest batch, Interruptible<Boolean> call) {
        call.interrupt(timeouts().await().dividedBy(2), batch::refused, batch::require);
    }

    @Test
    @Verifies("G-9")
    default void anInterruptHastensTheClose() {
        try (BatchUnderTest batch = BatchUnderTest.open(
                this, "G-9", config().drainTimeout(timeouts().recovery()).build())) {
            batch.handler().holdBehind(new CountDownLatch(1));
            batch.addNumbered(4);
            Interruptible<Boolean> closing = Interruptible.startRun("close", batch.unrecorded()::close);
            batch.require(
                    batch.stays(StillWaiting.in(closing.running())),
                    "close did not wait, so there is nothing to interrupt");
            interrupt(batch, closing);
            batch.await("the interrupt of the flush", () -> batch.handler().inside() == 0);
            batch.requireUnflushed(List.of("i-0", "i-1", "i-2", "i-3"));
            batch.closeNow();
        }
    }
}
