package org.brokertck.tck.resilience.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.ClosedException;
import org.brokertck.api.resilience.PoolMetrics;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.scenario.ThreadCensus;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Closing the pool is final and repeatable, waits for borrowers as long as it may, and leaves no connection and no thread behind. */
public interface PoolClosingRules extends PoolRules {
    @Test
    @Verifies("G-2")
    default void aClosedPoolRefusesEverythingButItsLastFigures() {
        refuseAfterClose(2, 1);
    }

    @Property
    @Verifies("G-2")
    default void aClosedPoolRefusesHoweverOftenItIsAsked(
            @ForAll @IntRange(min = 0, max = 3) int used, @ForAll @IntRange(min = 1, max = 4) int calls) {
        refuseAfterClose(used, calls);
    }

    @SuppressWarnings("resource") // nothing is borrowed where all is refused
    private void refuseAfterClose(int used, int calls) {
        try (PoolUnderTest pool =
                PoolUnderTest.open(this, "G-2", config().maxSize(3).build())) {
            List<Lease> leases =
                    IntStream.range(0, used).mapToObj(i -> pool.borrow()).toList();
            leases.forEach(pool::giveBack);
            pool.closeNow();
            for (int i = 0; i < calls; i++) {
                pool.refusedCall(
                        ClosedException.class,
                        "borrow after close",
                        () -> pool.unrecorded().borrow());
                pool.refusedCall(
                        ClosedException.class,
                        "borrow without a wait after close",
                        () -> pool.unrecorded().borrow(Duration.ZERO));
                leases.forEach(it -> pool.run("giving back after close", it.handle()::close));
                pool.requireMetrics(new PoolMetrics(0, 0, 0, used, used, 0));
            }
        }
    }

    @Test
    @Verifies("G-2")
    default void whoWaitsIsRefusedWhenThePoolIsClosed() {
        try (PoolUnderTest pool =
                PoolUnderTest.open(this, "G-2", config().maxSize(1).build())) {
            Lease lease = pool.borrow();
            List<Borrower> waiting = List.of(pool.startWaiting(1), pool.startWaiting(2));
            Running<Boolean> closing = Bounded.startRun("close", pool.unrecorded()::close);
            waiting.forEach(it -> pool.refused(ClosedException.class, it));
            pool.giveBack(lease);
            pool.run("close", () -> closing.await(timeouts().await()));
            pool.require(lease.connection().isClosed(), "a connection that came back to a closed pool is still open");
            pool.requireMetrics(new PoolMetrics(0, 0, 0, 1, 1, 0));
            pool.closeNow();
        }
    }

    /** Its borrower comes back to a closed pool, before close has given up waiting for it or after that. */
    @Test
    @Verifies("K-2")
    default void aConnectionThatIsBeingOpenedWhenThePoolIsClosedIsClosedToo() {
        openUnderAClose(timeouts().await());
        openUnderAClose(timeouts().quiet().dividedBy(3));
    }

    private void openUnderAClose(Duration drain) {
        CountDownLatch gate = new CountDownLatch(1);
        try (PoolUnderTest pool =
                PoolUnderTest.open(this, "K-2", config().drainTimeout(drain).build())) {
            pool.connections().openBehind(gate);
            Borrower borrower = pool.start();
            pool.require(
                    Polling.until(timeouts().await(), () -> pool.connections().opening() == 1, it -> it),
                    "a borrower of a pool without a connection opens none");
            pool.closeUnder(borrower, gate);
        } finally {
            gate.countDown();
        }
    }

    @Test
    @Verifies("G-3")
    default void closeWaitsForBorrowedConnections() {
        try (PoolUnderTest pool = PoolUnderTest.open(this, "G-3", config().build())) {
            Lease lease = pool.borrow();
            Lease idle = pool.borrow();
            pool.giveBack(idle);
            List<Running<Boolean>> closers = startClosers(pool, 3);
            pool.require(
                    pool.stays(StillWaiting.in(closers)),
                    "close returned while a connection was borrowed, long before the drain timeout");
            pool.require(
                    !lease.connection().isClosed()
                            && lease.connection().isSame(lease.handle().get()),
                    "close took a connection from its borrower before the drain timeout");
            pool.require(idle.connection().isClosed(), "close left an idle connection open while it waited for others");
            pool.giveBack(lease);
            awaitClosers(pool, closers);
            pool.closeNow();
        }
    }

    private static List<Running<Boolean>> startClosers(PoolUnderTest pool, int count) {
        List<Running<Boolean>> closers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            closers.add(Bounded.startRun("close", pool.unrecorded()::close));
        }
        return closers;
    }

    private static void awaitClosers(PoolUnderTest pool, List<Running<Boolean>> closers) {
        closers.forEach(it -> pool.run(
                "close",
                pool.timeouts().await(),
                () -> it.await(pool.timeouts().await().dividedBy(2))));
    }

    @Test
    @Verifies("G-3")
    default void closeEndsAtTheDrainTimeout() {
        closeUnderBorrowers(2, 1);
    }

    @Property
    @Verifies("G-3")
    default void closeEndsForAnyNumberOfBorrowersAndClosers(
            @ForAll @IntRange(min = 0, max = 3) int borrowed, @ForAll @IntRange(min = 1, max = 3) int closers) {
        closeUnderBorrowers(borrowed, closers);
    }

    /** Nobody gives anything back: close takes it, and what comes back late is no one's concern. */
    private void closeUnderBorrowers(int borrowed, int closers) {
        Duration drain = timeouts().quiet().dividedBy(3);
        try (PoolUnderTest pool = PoolUnderTest.open(
                this, "G-3", config().maxSize(3).drainTimeout(drain).build())) {
            List<Lease> leases =
                    IntStream.range(0, borrowed).mapToObj(i -> pool.borrow()).toList();
            long start = System.nanoTime();
            awaitClosers(pool, startClosers(pool, closers));
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            pool.require(
                    taken.compareTo(drain.plus(timeouts().tolerance())) <= 0,
                    "close took %s where the drain timeout is %s".formatted(taken, drain));
            pool.requireAllClosed();
            leases.forEach(it -> {
                pool.refusedCall(IllegalStateException.class, "get of a connection that close took", it.handle()::get);
                pool.run("giving back what close took", it.handle()::close);
            });
            pool.closeNow();
        }
    }

    /** From a borrower that has a connection in its hands, as from a handler. */
    @Test
    @Verifies("G-3")
    default void aBorrowerMayCloseThePool() {
        Duration drain = timeouts().quiet().dividedBy(3);
        try (PoolUnderTest pool =
                PoolUnderTest.open(this, "G-3", config().drainTimeout(drain).build())) {
            pool.run("close by a borrower", timeouts().await(), () -> {
                Lease lease = new Lease(pool.connections(), pool.unrecorded().borrow());
                pool.unrecorded().close();
                lease.handle().close();
            });
            pool.closeNow();
        }
    }

    @Test
    @Verifies("G-10")
    default void theClosedPoolLeavesNoThreadBehind() {
        leaveNoThread(3, 0);
        leaveNoThread(1, 2);
    }

    @Property
    @Verifies("G-10")
    default void howeverThePoolWasUsedNoThreadIsLeft(
            @ForAll @IntRange(min = 0, max = 4) int used, @ForAll @IntRange(min = 0, max = 2) int kept) {
        leaveNoThread(used, kept);
    }

    private void leaveNoThread(int used, int kept) {
        ThreadCensus census = ThreadCensus.take();
        try (PoolUnderTest pool = PoolUnderTest.open(
                this,
                "G-10",
                config().maxSize(8).drainTimeout(Duration.ofMillis(10)).build())) {
            IntStream.range(0, kept).forEach(i -> pool.borrow());
            List<Lease> leases =
                    IntStream.range(0, used).mapToObj(i -> pool.borrow()).toList();
            leases.forEach(pool::giveBack);
            pool.closeNow();
            List<Thread> left = Polling.until(timeouts().tolerance(), census::newcomers, List::isEmpty);
            pool.require(left.isEmpty(), "after close these threads are still alive: " + ThreadCensus.describe(left));
        }
    }
}
