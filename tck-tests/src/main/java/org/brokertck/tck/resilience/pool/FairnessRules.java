package org.brokertck.tck.resilience.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.PoolExhaustedException;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Who waits longest is served first, and nobody overtakes. */
public interface FairnessRules extends PoolRules {
    @Test
    @Verifies("K-2")
    default void whoWaitsIsServedInTurn() {
        serveInTurn(1, List.of(true, true, true, true));
        serveInTurn(2, List.of(true, false, true, false));
    }

    /** Places become free by connections that are given back, which is true, or discarded. */
    @Property
    @Verifies("K-2")
    default void howeverAPlaceBecomesFreeTheFirstInLineHasIt(
            @ForAll @IntRange(min = 1, max = 3) int maximum, @ForAll @Size(min = 2, max = 6) List<Boolean> givenBack) {
        serveInTurn(maximum, givenBack);
    }

    private void serveInTurn(int maximum, List<Boolean> givenBack) {
        try (PoolUnderTest pool =
                PoolUnderTest.open(this, "K-2", config().maxSize(maximum).build())) {
            List<Lease> lent = new ArrayList<>();
            for (int i = 0; i < maximum; i++) {
                lent.add(pool.borrow());
            }
            List<Borrower> line = new ArrayList<>();
            for (int i = 0; i < givenBack.size(); i++) {
                line.add(pool.startWaiting(i + 1));
            }
            for (boolean given : givenBack) {
                Lease next = lent.remove(0);
                if (given) {
                    pool.giveBack(next);
                } else {
                    pool.discard(next);
                }
                Borrower first = line.remove(0);
                requireServedFirst(pool, first, line);
                lent.add(pool.borrowed(first));
            }
            lent.forEach(pool::giveBack);
            pool.requireNoLeak();
        }
    }

    private static void requireServedFirst(PoolUnderTest pool, Borrower first, List<Borrower> others) {
        pool.awaitMetrics(
                "one borrower is served",
                it -> first.isDone() || others.stream().anyMatch(Borrower::isDone));
        others.stream().filter(Borrower::isDone).findFirst().ifPresent(it -> {
            throw pool.violation("%s was served before %s, which had waited longer".formatted(it, first));
        });
    }

    /** Right after giving a connection back, its borrower asks for another one: that belongs to who waits. */
    @Test
    @Verifies("K-2")
    default void nobodyOvertakesWhoWaits() {
        for (int i = 0; i < 10; i++) {
            comeBackAtOnce(true);
            comeBackAtOnce(false);
        }
    }

    @Property
    @Verifies("K-2")
    default void whoComesBackAtOnceQueuesUp(@ForAll boolean givenBack) {
        comeBackAtOnce(givenBack);
    }

    private void comeBackAtOnce(boolean givenBack) {
        try (PoolUnderTest pool =
                PoolUnderTest.open(this, "K-2", config().maxSize(1).build())) {
            Lease lease = pool.borrow();
            Borrower waiting = pool.startWaiting(1);
            boolean overtook = pool.call("giving back and borrowing again", () -> {
                if (givenBack) {
                    lease.giveBack();
                } else {
                    lease.discard();
                }
                return hasOne(pool);
            });
            pool.require(!overtook, "a borrower who came later had a connection while %s waited".formatted(waiting));
            pool.giveBack(pool.borrowed(waiting));
            pool.requireNoLeak();
        }
    }

    private static boolean hasOne(PoolUnderTest pool) {
        try {
            new Lease(pool.connections(), pool.unrecorded().borrow(Duration.ZERO)).giveBack();
            return true;
        } catch (PoolExhaustedException asItShould) {
            return false;
        }
    }

    /** One who has given up waiting does not hold up the others. */
    @Test
    @Verifies("K-2")
    default void whoGaveUpIsPassedOver() {
        try (PoolUnderTest pool =
                PoolUnderTest.open(this, "K-2", config().maxSize(1).build())) {
            Lease lease = pool.borrow();
            Borrower brief = pool.start(timeouts().quiet());
            Borrower patient = pool.start();
            pool.refused(PoolExhaustedException.class, brief);
            pool.awaitMetrics("one borrower waits", it -> it.waiting() == 1);
            pool.giveBack(lease);
            pool.giveBack(pool.borrowed(patient));
            pool.requireNoLeak();
        }
    }
}
