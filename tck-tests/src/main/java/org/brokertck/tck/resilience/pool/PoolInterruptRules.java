package org.brokertck.tck.resilience.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.resilience.PoolMetrics;
import org.brokertck.tck.scenario.Interruptible;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.scenario.Together;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Blocked calls answer an interrupt, and no connection is lost by it. */
public interface PoolInterruptRules extends PoolRules {
    @Test
    @Verifies("G-9")
    default void anInterruptEndsABorrow() {
        try (PoolUnderTest pool =
                PoolUnderTest.open(this, "G-9", config().maxSize(1).build())) {
            Lease lease = pool.borrow();
            Borrower interrupted = pool.startWaiting(1);
            Borrower other = pool.startWaiting(2);
            interrupted.interrupt();
            requireInterrupted(pool, interrupted);
            pool.requireMetrics(new PoolMetrics(0, 1, 1, 1, 0, 0));
            pool.giveBack(lease);
            pool.giveBack(pool.borrowed(other));
            pool.requireNoLeak();
        }
    }

    private static void requireInterrupted(PoolUnderTest pool, Borrower borrower) {
        pool.refused(OperationInterruptedException.class, borrower);
        pool.require(borrower.isFlagged(), "an interrupted borrow did not restore the interrupt flag of its thread");
    }

    /** There are connections, so that nothing need be waited for. A pool may refuse nevertheless; then nothing is borrowed. */
    @Property
    @Verifies("G-9")
    default void borrowsOfInterruptedThreadsAreWholeOrNot(@ForAll @Size(min = 1, max = 6) List<Boolean> interrupted) {
        try (PoolUnderTest pool =
                PoolUnderTest.open(this, "G-9", config().maxSize(1).build())) {
            for (boolean flag : interrupted) {
                pool.run("borrow by a thread that is interrupted", () -> borrowWith(pool, flag));
                pool.giveBack(pool.borrow());
            }
            pool.requireNoLeak();
        }
    }

    private static void borrowWith(PoolUnderTest pool, boolean interrupted) {
        pool.require(
                Interruptible.leavesFlag(
                        interrupted,
                        () -> new Lease(pool.connections(), pool.unrecorded().borrow()).giveBack()),
                "borrow took away the interrupt flag of its thread");
    }

    /** The factory answers the interrupt by its own exception, as whoever waits for a server does. */
    @Test
    @Verifies("G-9")
    default void anInterruptEndsABorrowThatOpensAConnection() {
        interruptInTheFactory(false);
    }

    @Test
    @Verifies("G-9")
    default void anInterruptEndsABorrowThatValidatesAConnection() {
        interruptInTheFactory(true);
    }

    private void interruptInTheFactory(boolean validating) {
        CountDownLatch gate = new CountDownLatch(1);
        try (PoolUnderTest pool =
                PoolUnderTest.open(this, "G-9", config().maxSize(1).build())) {
            TestConnections connections = pool.connections();
            if (validating) {
                pool.giveBack(pool.borrow());
                connections.validateBehind(gate);
            } else {
                connections.openBehind(gate);
            }
            Borrower interrupted = pool.start();
            boolean inside = Polling.until(
                            timeouts().await(), () -> connections.validating() + connections.opening(), it -> it == 1)
                    == 1;
            pool.require(
                    inside,
                    "a borrow with no other connection at hand %s none within %s"
                            .formatted(
                                    validating ? "validated" : "opened",
                                    timeouts().await()));
            interrupted.interrupt();
            pool.await(interrupted);
            pool.require(
                    interrupted.lease().isEmpty(),
                    "a borrower was interrupted while its connection was %s, and %s, where OperationInterruptedException is due"
                            .formatted(validating ? "validated" : "opened", interrupted.ending()));
            requireInterrupted(pool, interrupted);
            gate.countDown();
            pool.requireNoLeak();
        } finally {
            gate.countDown();
        }
    }

    /** The connection comes while the interrupt is on its way: whichever wins, the next in line is served. */
    @Test
    @Verifies("G-9")
    default void aBorrowerThatIsInterruptedAsItIsServedLosesNoPlace() {
        try (PoolUnderTest pool =
                PoolUnderTest.open(this, "G-9", config().maxSize(1).build())) {
            for (int round = 0; round < 60; round++) {
                Lease lease = pool.borrow();
                Borrower first = pool.startWaiting(1);
                Borrower second = pool.startWaiting(2);
                giveBackAsItIsInterrupted(pool, lease, first, round % 2 == 0);
                pool.await(first);
                if (first.lease().isEmpty()) {
                    requireInterrupted(pool, first);
                }
                first.lease().ifPresent(pool::giveBack);
                boolean served = Polling.until(timeouts().await(), second::isDone, it -> it);
                pool.require(
                        served,
                        "a borrower was interrupted as a connection came for it and %s, and the next in line still waits: the figures are %s"
                                .formatted(first.ending(), pool.metrics()));
                pool.giveBack(pool.borrowed(second));
            }
            pool.requireNoLeak();
        }
    }

    /** By a thread that is on a processor already, since one thread alone may have to leave its processor to whom it interrupts. */
    private void giveBackAsItIsInterrupted(PoolUnderTest pool, Lease lease, Borrower first, boolean alone) {
        String what = "giving a connection back to a borrower that is interrupted";
        if (alone) {
            pool.run(what, () -> {
                first.interrupt();
                lease.giveBack();
            });
            return;
        }
        Running<Boolean> giving = Together.start(what, 1, number -> {
                    lease.giveBack();
                    return true;
                })
                .get(0);
        first.interrupt();
        pool.run(what, () -> giving.await(timeouts().await()));
    }

    @Test
    @Verifies("G-9")
    default void anInterruptHastensTheClosing() {
        try (PoolUnderTest pool = PoolUnderTest.open(
                this, "G-9", config().drainTimeout(timeouts().recovery()).build())) {
            Lease lease = pool.borrow();
            Interruptible<Boolean> closing = Interruptible.startRun("close", pool.unrecorded()::close);
            pool.require(
                    pool.stays(StillWaiting.in(closing.running())),
                    "close did not wait, so there is nothing to interrupt");
            closing.interrupt(timeouts().await().dividedBy(2), pool::refusedCall, pool::require);
            pool.requireAllClosed();
            pool.run("giving back what close took", lease.handle()::close);
            pool.closeNow();
        }
    }

    /** Borrowers are interrupted at about the time at which they are served: either way the connection is not lost. */
    @Property
    @Verifies("G-9")
    default void interruptedBorrowersLoseNothing(
            @ForAll @IntRange(min = 1, max = 3) int waiting,
            @ForAll @Size(min = 1, max = 6) List<Boolean> interruptFirst) {
        try (PoolUnderTest pool =
                PoolUnderTest.open(this, "G-9", config().maxSize(1).build())) {
            for (boolean first : interruptFirst) {
                Lease lease = pool.borrow();
                List<Borrower> line = new ArrayList<>();
                for (int i = 0; i < waiting; i++) {
                    line.add(pool.startWaiting(i + 1));
                }
                if (first) {
                    line.get(0).interrupt();
                    pool.giveBack(lease);
                } else {
                    pool.giveBack(lease);
                    line.get(0).interrupt();
                }
                for (Borrower borrower : line) {
                    pool.await(borrower);
                    if (borrower.lease().isEmpty()) {
                        requireInterrupted(pool, borrower);
                    }
                    borrower.lease().ifPresent(pool::giveBack);
                }
            }
            pool.requireNoLeak();
        }
    }
}
