package org.brokertck.tck.resilience.pool;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.PoolExhaustedException;
import org.brokertck.api.resilience.PoolMetrics;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.tck.run.Costly;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Who waits in vain is refused at its timeout, and leaves nothing behind. */
public interface BorrowTimeoutRules extends PoolRules {
    /** What is left out so that a clock of milliseconds is no fault. */
    Duration GRANULARITY = Duration.ofMillis(1);

    @Test
    @Verifies("K-2")
    @Needs(clock = true)
    default void theBorrowTimeoutIsKept() {
        Duration timeout = Duration.ofMinutes(10);
        VirtualTime time = target().virtualTime().orElseThrow();
        try (PoolUnderTest pool = PoolUnderTest.open(
                this,
                time.target(),
                "K-2",
                Names.fresh("K-2"),
                config().maxSize(1)
                        .borrowTimeout(timeout)
                        .drainTimeout(Duration.ZERO)
                        .build())) {
            Lease lease = pool.borrow();
            Borrower usual = pool.startUsual();
            Borrower patient = pool.start(timeout.multipliedBy(2));
            pool.awaitMetrics("two borrowers wait", it -> it.waiting() == 2);
            time.clock().advance(timeout.minus(GRANULARITY));
            pool.require(
                    pool.stays(() -> !usual.isDone()),
                    "%s %s within its timeout of %s, after %s"
                            .formatted(usual, usual.ending(), timeout, timeout.minus(GRANULARITY)));
            time.clock().advance(GRANULARITY.multipliedBy(2));
            pool.refused(PoolExhaustedException.class, usual);
            pool.requireMetrics(new PoolMetrics(0, 1, 1, 1, 0, 1));
            pool.require(!patient.isDone(), "%s has its own timeout, and %s".formatted(patient, patient.ending()));
            pool.giveBack(lease);
            pool.giveBack(pool.borrowed(patient));
            pool.requireNoLeak();
        }
    }

    @Test
    @Verifies("K-2")
    default void byTheWallClockTooTheBorrowTimeoutIsKept() {
        timeOut(timeouts().quiet());
        timeOut(timeouts().quiet().multipliedBy(2));
    }

    @Property
    @Costly
    @Verifies("K-2")
    default void anyTimeoutIsKept(@ForAll @IntRange(min = 1, max = 100) int millis) {
        timeOut(Duration.ofMillis(millis));
    }

    private void timeOut(Duration timeout) {
        try (PoolUnderTest pool = PoolUnderTest.open(
                this, "K-2", config().maxSize(1).borrowTimeout(timeout).build())) {
            Lease lease = pool.borrow();
            long start = System.nanoTime();
            PoolExhaustedException refusal = pool.refused(PoolExhaustedException.class, pool.startUsual());
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            pool.require(
                    taken.compareTo(timeout.minus(GRANULARITY)) >= 0
                            && taken.compareTo(timeout.plus(timeouts().tolerance())) <= 0,
                    "a borrower was refused after %s, where its timeout is %s: %s"
                            .formatted(taken, timeout, refusal.getMessage()));
            pool.giveBack(lease);
            pool.requireNoLeak();
        }
    }

    /** Borrowers give up at about the time at which they are served: either way the connection is not lost. */
    @Property
    @Verifies("K-2")
    default void whoIsServedAtTheLastMomentLosesNothing(
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 0, max = 3) Integer> millis) {
        try (PoolUnderTest pool =
                PoolUnderTest.open(this, "K-2", config().maxSize(1).build())) {
            for (int timeout : millis) {
                Lease lease = pool.borrow();
                Borrower late = pool.start(Duration.ofMillis(timeout));
                pool.stayBriefly(Duration.ofMillis(timeout));
                pool.giveBack(lease);
                pool.await(late);
                late.lease().ifPresent(pool::giveBack);
                pool.require(
                        late.lease().isPresent() || late.thrown().orElse(null) instanceof PoolExhaustedException,
                        "%s %s where a connection or its refusal is due".formatted(late, late.ending()));
            }
            pool.requireNoLeak();
        }
    }
}
