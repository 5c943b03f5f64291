package org.brokertck.tck.resilience.pool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.resilience.PoolMetrics;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** A broken connection is never lent, and its place is used for a new one. */
public interface BrokenConnectionRules extends PoolRules {
    @Test
    @Verifies("K-2")
    default void aConnectionThatBrokeWhileIdleIsReplaced() {
        replace(2, Told.BY_ANSWER);
        replace(2, Told.BY_EXCEPTION);
    }

    /** How validation tells that a connection is broken. */
    enum Told {
        /** It returns false. */
        BY_ANSWER,
        /** It throws. */
        BY_EXCEPTION
    }

    @Property
    @Verifies("K-2")
    default void anyNumberOfBrokenConnectionsIsReplaced(
            @ForAll @IntRange(min = 1, max = 6) int maximum, @ForAll Told told) {
        replace(maximum, told);
    }

    private void replace(int maximum, Told told) {
        try (PoolUnderTest pool =
                PoolUnderTest.open(this, "K-2", config().maxSize(maximum).build())) {
            if (told == Told.BY_EXCEPTION) {
                pool.connections().throwWhenValidated();
            }
            for (int round = 0; round < 3; round++) {
                List<Lease> all = borrowAll(pool, maximum);
                all.forEach(pool::giveBack);
                pool.connections().breakIdle();
            }
            List<Lease> fresh = borrowAll(pool, maximum);
            pool.requireSound();
            pool.requireMetrics(new PoolMetrics(0, maximum, 0, 4L * maximum, 3L * maximum, 0));
            pool.require(
                    pool.connections().open() == maximum,
                    "%d connections are open where %d are lent and all others broke"
                            .formatted(pool.connections().open(), maximum));
            fresh.forEach(pool::giveBack);
            pool.requireNoLeak();
        }
    }

    private static List<Lease> borrowAll(PoolUnderTest pool, int maximum) {
        List<Lease> all = new ArrayList<>();
        for (int i = 0; i < maximum; i++) {
            all.add(pool.borrow());
        }
        return all;
    }

    @Test
    @Verifies("K-2")
    default void aDiscardedConnectionIsClosedAndReplaced() {
        discardAll(2, 3);
    }

    @Property
    @Verifies("K-2")
    default void howeverManyAreDiscardedNoPlaceIsLost(
            @ForAll @IntRange(min = 1, max = 4) int maximum, @ForAll @IntRange(min = 1, max = 5) int rounds) {
        discardAll(maximum, rounds);
    }

    private void discardAll(int maximum, int rounds) {
        try (PoolUnderTest pool =
                PoolUnderTest.open(this, "K-2", config().maxSize(maximum).build())) {
            for (int i = 1; i <= rounds; i++) {
                List<Lease> all = borrowAll(pool, maximum);
                all.forEach(pool::discard);
                all.forEach(it ->
                        pool.require(it.connection().isClosed(), it.connection() + " was discarded and not closed"));
                pool.requireMetrics(new PoolMetrics(0, 0, 0, (long) maximum * i, (long) maximum * i, 0));
            }
            pool.requireNoLeak();
        }
    }

    @Test
    @Verifies("K-2")
    default void aConnectionThatCannotBeClosedTakesNoPlace() {
        try (PoolUnderTest pool = PoolUnderTest.open(this, "K-2", config().build())) {
            pool.connections().throwWhenClosed();
            for (int i = 0; i < 5; i++) {
                pool.discard(pool.borrow());
                pool.giveBack(pool.borrow());
                pool.connections().breakIdle();
            }
            pool.requireNoLeak();
            pool.closeNow();
        }
    }

    /** The place of a discarded connection goes to who waits first; when opening fails for that one, to the next. */
    @Test
    @Verifies("K-2")
    default void aFailureToReplaceConcernsOneBorrowerOnly() {
        try (PoolUnderTest pool =
                PoolUnderTest.open(this, "K-2", config().maxSize(1).build())) {
            Lease lease = pool.borrow();
            Borrower first = pool.startWaiting(1);
            Borrower second = pool.startWaiting(2);
            pool.connections().failNext(new IOException("planned"));
            pool.discard(lease);
            pool.refused(BrokerUnavailableException.class, first);
            pool.giveBack(pool.borrowed(second));
            pool.requireNoLeak();
        }
    }

    /** An idle connection is found broken, and another one cannot be opened: the place is free again, and no other is taken. */
    @Test
    @Verifies("K-2")
    default void anIdleConnectionThatCannotBeReplacedTakesNoPlace() {
        try (PoolUnderTest pool =
                PoolUnderTest.open(this, "K-2", config().maxSize(1).build())) {
            for (int round = 1; round <= 3; round++) {
                pool.giveBack(pool.borrow());
                pool.connections().breakIdle();
                pool.connections().failNext(new IOException("planned"));
                pool.refused(BrokerUnavailableException.class, pool.start());
                PoolMetrics metrics = pool.metrics();
                pool.require(
                        metrics.inUse() == 0 && metrics.idle() == 0,
                        "an idle connection had broken, no other could be opened in its place, and the metrics are %s, where its place is due to be free"
                                .formatted(metrics));
            }
            pool.requireNoLeak();
        }
    }
}
