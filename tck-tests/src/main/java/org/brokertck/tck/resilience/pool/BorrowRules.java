package org.brokertck.tck.resilience.pool;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.PoolExhaustedException;
import org.brokertck.api.resilience.PoolMetrics;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.Thrown;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Connections are opened when they are needed, never more than the maximum, and each is lent to one borrower at a time. */
public interface BorrowRules extends PoolRules {
    @Test
    @Verifies("K-2")
    default void connectionsAreOpenedWhenNeededAndUsedAgain() {
        try (PoolUnderTest pool = PoolUnderTest.open(this, "K-2", config().build())) {
            pool.requireMetrics(new PoolMetrics(0, 0, 0, 0, 0, 0));
            Lease first = pool.borrow();
            pool.requireMetrics(new PoolMetrics(0, 1, 0, 1, 0, 0));
            pool.giveBack(first);
            pool.requireMetrics(new PoolMetrics(1, 0, 0, 1, 0, 0));
            Lease again = pool.borrow();
            pool.require(
                    again.connection().isSame(first.connection()),
                    "%s lay idle, and %s was opened".formatted(first.connection(), again.connection()));
            Lease second = pool.borrow();
            pool.requireMetrics(new PoolMetrics(0, 2, 0, 2, 0, 0));
            pool.giveBack(again);
            pool.giveBack(second);
            pool.requireMetrics(new PoolMetrics(2, 0, 0, 2, 0, 0));
            pool.requireNoLeak();
        }
    }

    @Test
    @Verifies("K-2")
    default void thereAreNeverMoreConnectionsThanTheMaximum() {
        fillAndRefuse(1);
        fillAndRefuse(5);
    }

    @Property
    @Verifies("K-2")
    default void whateverTheMaximumItIsKept(@ForAll @IntRange(min = 1, max = 12) int maximum) {
        fillAndRefuse(maximum);
    }

    private void fillAndRefuse(int maximum) {
        try (PoolUnderTest pool =
                PoolUnderTest.open(this, "K-2", config().maxSize(maximum).build())) {
            List<Lease> all =
                    IntStream.range(0, maximum).mapToObj(i -> pool.borrow()).toList();
            PoolExhaustedException refusal = pool.refused(PoolExhaustedException.class, pool.start(Duration.ZERO));
            String text = String.valueOf(refusal.getMessage());
            pool.require(
                    text.contains(pool.unrecorded().name()) && text.contains(Integer.toString(maximum)),
                    "the refusal does not say that of pool '%s' %d connections are in use: %s"
                            .formatted(pool.unrecorded().name(), maximum, text));
            pool.requireMetrics(new PoolMetrics(0, maximum, 0, maximum, 0, 1));
            pool.giveBack(all.get(0));
            Lease another = pool.borrow();
            pool.giveBack(another);
            all.stream().skip(1).forEach(pool::giveBack);
            pool.requireNoLeak();
        }
    }

    /** A race for the places of an empty pool, while opening takes its time. */
    @Property
    @Verifies("K-2")
    default void borrowersThatComeAtOnceOpenNoMoreThanTheMaximum(
            @ForAll @IntRange(min = 1, max = 4) int maximum, @ForAll @IntRange(min = 2, max = 8) int borrowers) {
        try (PoolUnderTest pool =
                PoolUnderTest.open(this, "K-2", config().maxSize(maximum).build())) {
            CountDownLatch gate = new CountDownLatch(1);
            pool.connections().openBehind(gate);
            List<Borrower> all =
                    IntStream.range(0, borrowers).mapToObj(i -> pool.start()).toList();
            int due = Math.min(maximum, borrowers);
            int opening = Polling.until(timeouts().await(), pool.connections()::opening, it -> it >= due);
            gate.countDown();
            pool.require(
                    opening == due,
                    "%d borrowers came at once to a pool of at most %d, and %d connections were being opened"
                            .formatted(borrowers, maximum, opening));
            drainInTurn(pool, all);
            pool.requireNoLeak();
        }
    }

    private static void drainInTurn(PoolUnderTest pool, List<Borrower> borrowers) {
        List<Borrower> left = new ArrayList<>(borrowers);
        while (!left.isEmpty()) {
            Borrower next = Polling.until(
                            pool.timeouts().await(),
                            () -> left.stream().filter(Borrower::isDone).findFirst(),
                            java.util.Optional::isPresent)
                    .orElseThrow(() -> pool.violation("%d borrowers were never served; the figures are %s"
                            .formatted(left.size(), pool.metrics())));
            pool.giveBack(pool.borrowed(next));
            left.remove(next);
        }
    }

    /** While one connection is being opened, others are lent and given back. */
    @Test
    @Verifies("K-2")
    default void openingAConnectionHoldsUpNobodyElse() {
        try (PoolUnderTest pool =
                PoolUnderTest.open(this, "K-2", config().maxSize(3).build())) {
            Lease early = pool.borrow();
            CountDownLatch gate = new CountDownLatch(1);
            pool.connections().openBehind(gate);
            Borrower slow = pool.start();
            Polling.until(timeouts().await(), pool.connections()::opening, it -> it == 1);
            try {
                pool.giveBack(early);
                pool.giveBack(pool.borrow());
                pool.requireMetrics(new PoolMetrics(1, 1, 0, 1, 0, 0));
            } finally {
                gate.countDown();
            }
            pool.giveBack(pool.borrowed(slow));
            pool.requireNoLeak();
        }
    }

    @Test
    @Verifies("K-2")
    default void aConnectionThatCannotBeOpenedTakesNoPlace() {
        openInVain(Thrown.exceptions());
    }

    @Property
    @Verifies("K-2")
    default void anyNumberOfFailuresTakesNoPlace(@ForAll @IntRange(min = 1, max = 10) int failures) {
        openInVain(IntStream.range(0, failures)
                .mapToObj(i -> (Exception) new IOException("planned " + i))
                .toList());
    }

    private void openInVain(List<? extends Exception> failures) {
        try (PoolUnderTest pool = PoolUnderTest.open(this, "K-2", config().build())) {
            for (Exception failure : failures) {
                pool.connections().failNext(failure);
                BrokerUnavailableException told = pool.refused(BrokerUnavailableException.class, pool.start());
                pool.require(
                        told.getCause() == failure,
                        "opening failed with a %s, which is not the cause that was told"
                                .formatted(failure.getClass().getName()));
                pool.require(
                        String.valueOf(told.getMessage())
                                .contains(pool.unrecorded().name()),
                        "the failure to open does not name the pool '%s': %s"
                                .formatted(pool.unrecorded().name(), told.getMessage()));
            }
            pool.requireMetrics(new PoolMetrics(0, 0, 0, 0, 0, 0));
            pool.requireNoLeak();
        }
    }

    /** An error is no reason to lose a place either; in which form it is told is left open. */
    @Test
    @Verifies("K-2")
    default void anErrorWhileOpeningTakesNoPlace() {
        try (PoolUnderTest pool = PoolUnderTest.open(this, "K-2", config().build())) {
            for (int i = 0; i < 4; i++) {
                pool.connections().failNext(new LinkageError("planned"));
                Borrower borrower = pool.start();
                pool.await(borrower);
                pool.require(
                        borrower.thrown().isPresent(),
                        "opening failed with an error, and %s %s".formatted(borrower, borrower.ending()));
            }
            pool.requireNoLeak();
        }
    }

    @Test
    @Verifies("K-2")
    default void aHandleThatWasGivenBackIsGoodForNothing() {
        try (PoolUnderTest pool =
                PoolUnderTest.open(this, "K-2", config().maxSize(1).build())) {
            Lease first = pool.borrow();
            pool.giveBack(first);
            pool.refusedCall(IllegalStateException.class, "get of a handle that was given back", first.handle()::get);
            Lease second = pool.borrow();
            pool.run("giving back a second time", first.handle()::close);
            pool.run("discarding what was given back", first.handle()::discard);
            pool.refused(PoolExhaustedException.class, pool.start(Duration.ZERO));
            pool.require(
                    !second.connection().isClosed()
                            && second.connection().isSame(second.handle().get()),
                    "a handle that was given back has reached the connection of the next borrower");
            pool.requireMetrics(new PoolMetrics(0, 1, 0, 1, 0, 1));
            pool.discard(second);
            pool.run("giving back what was discarded", second.handle()::close);
            pool.refusedCall(IllegalStateException.class, "get of a handle that was discarded", second.handle()::get);
            pool.requireNoLeak();
        }
    }
}
