package org.brokertck.tck.monitoring;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.ClosedException;
import org.brokertck.tck.scenario.Interruptible;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** A close that waits answers an interrupt; nothing else waits. */
public interface InterruptRules extends MonitorRules {
    /** Close waits for a callback; an interrupt ends the wait, and the monitor is closed all the same. */
    @Test
    @Verifies("G-9")
    default void anInterruptEndsTheWaitOfAClose() {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger inside = new AtomicInteger();
        try (MonitorUnderTest monitor = MonitorUnderTest.open(
                this, "G-9", hasty().callbackTimeout(timeouts().recovery()).build())) {
            try {
                monitor.setUp(AlertRulesFor.depth("deep", Duration.ZERO, alert -> {
                    inside.incrementAndGet();
                    Hanging.behind(gate, timeouts().recovery());
                }));
                monitor.depth("orders", 150);
                monitor.await("the call of a callback", () -> inside.get() == 1);
                Interruptible<Boolean> close = Interruptible.startRun("close", monitor.unguarded()::close);
                monitor.require(
                        monitor.stays(StillWaiting.in(close.running())),
                        "close did not wait for a callback that was being called");
                close.interrupt(timeouts().await().dividedBy(2), monitor::refused, monitor::require);
                monitor.refused(
                        ClosedException.class,
                        "PRODUCED after a close that was interrupted",
                        () -> Operation.PRODUCED.make(monitor.unguarded()));
            } finally {
                gate.countDown();
            }
        }
    }

    /** Recording waits for nobody, so that there is nothing to answer; the flag stays as it was. */
    @Property
    @Verifies("G-9")
    default void recordingsOfInterruptedThreadsCount(@ForAll @Size(min = 1, max = 6) List<Boolean> interrupted) {
        try (MonitorUnderTest monitor = MonitorUnderTest.open(this, "G-9")) {
            for (boolean flag : interrupted) {
                monitor.run(
                        "recordProduced by a thread that is interrupted: " + flag,
                        timeouts().await(),
                        () -> monitor.require(
                                Interruptible.leavesFlag(
                                        flag, () -> monitor.unguarded().recordProduced("orders", 1)),
                                "recordProduced changed the interrupt flag of its thread"));
            }
            long counted = Objects.requireNonNull(monitor.snapshot().totals().get("orders"))
                    .produced();
            monitor.require(
                    counted == interrupted.size(),
                    "%d messages were recorded, by threads that were interrupted or not, and %d are counted"
                            .formatted(interrupted.size(), counted));
        }
    }
}
