package org.brokertck.tck.resilience.pool;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.resilience.PoolConfig;
import org.brokertck.api.resilience.PoolMetrics;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/**
 * A connection that nobody borrows is closed: no sooner than the idle timeout, and no later than one and a half times that, which
 * leaves room for an implementation that looks about now and then. It is never lent once the timeout has passed.
 */
public interface IdleConnectionRules extends PoolRules {
    /** Long enough that no wall clock could pass for the manual one. */
    Duration IDLE = Duration.ofHours(1);

    private PoolUnderTest onClock(VirtualTime time, int maximum) {
        PoolConfig config = config().maxSize(maximum)
                .idleTimeout(IDLE)
                .borrowTimeout(Duration.ofDays(1))
                .drainTimeout(Duration.ZERO)
                .build();
        return PoolUnderTest.open(this, time.target(), "K-2", Names.fresh("K-2"), config);
    }

    @Test
    @Verifies("K-2")
    @Needs(clock = true)
    default void anIdleConnectionIsClosedAtItsTimeout() {
        VirtualTime time = target().virtualTime().orElseThrow();
        try (PoolUnderTest pool = onClock(time, 3)) {
            Lease used = pool.borrow();
            Lease early = pool.borrow();
            Lease late = pool.borrow();
            pool.giveBack(early);
            time.clock().advance(IDLE.dividedBy(2));
            pool.giveBack(late);
            time.clock().advance(IDLE.dividedBy(2).minus(BorrowTimeoutRules.GRANULARITY));
            requireOpen(pool, early, IDLE.minus(BorrowTimeoutRules.GRANULARITY));
            time.clock().advance(IDLE.dividedBy(2).minus(BorrowTimeoutRules.GRANULARITY.multipliedBy(2)));
            requireOpen(pool, late, IDLE.minus(BorrowTimeoutRules.GRANULARITY.multipliedBy(3)));
            time.clock().advance(BorrowTimeoutRules.GRANULARITY.multipliedBy(6));
            requireClosed(pool, early);
            time.clock().advance(IDLE);
            requireClosed(pool, late);
            pool.requireMetrics(new PoolMetrics(0, 1, 0, 3, 2, 0));
            pool.require(!used.connection().isClosed(), "a connection was closed as idle while it was borrowed");
            pool.giveBack(used);
            pool.requireNoLeak();
        }
    }

    /** It was young when the first look at its age was due, and nobody comes any more who might look again. */
    @Test
    @Verifies("K-2")
    @Needs(clock = true)
    default void aConnectionThatWasUsedMeanwhileIsClosedAtItsTimeout() {
        VirtualTime time = target().virtualTime().orElseThrow();
        // Used early in the timeout: whoever looks again a whole one after the first is late.
        for (int tenths : List.of(1, 3, 5, 9)) {
            try (PoolUnderTest pool = onClock(time, 1)) {
                pool.giveBack(pool.borrow());
                time.clock().advance(IDLE.multipliedBy(tenths).dividedBy(10));
                Lease again = pool.borrow();
                pool.giveBack(again);
                Duration rest = IDLE.multipliedBy(10 - tenths).dividedBy(10).plus(BorrowTimeoutRules.GRANULARITY);
                time.clock().advance(rest);
                requireOpen(pool, again, rest);
                time.clock()
                        .advance(IDLE.multipliedBy(3)
                                .dividedBy(2)
                                .plus(BorrowTimeoutRules.GRANULARITY)
                                .minus(rest));
                requireClosed(pool, again);
                pool.requireNoLeak();
            }
        }
    }

    private static void requireOpen(PoolUnderTest pool, Lease lease, Duration idle) {
        pool.require(
                pool.stays(() -> !lease.connection().isClosed()),
                "%s was closed when it had been idle for %s, where its idle timeout is %s"
                        .formatted(lease.connection(), idle, IDLE));
    }

    private static void requireClosed(PoolUnderTest pool, Lease lease) {
        boolean closed = Polling.until(pool.timeouts().await(), lease.connection()::isClosed, it -> it);
        pool.require(
                closed,
                "%s is still open when it has been idle for more than one and a half times its idle timeout of %s"
                        .formatted(lease.connection(), IDLE));
    }

    /** Neither just before its end nor beyond it, when an implementation may not have come to closing it yet. */
    @Test
    @Verifies("K-2")
    @Needs(clock = true)
    default void aConnectionIsLentAgainUntilItsTimeout() {
        lendAfterPauses(List.of(59, 60, 74, 59, 75));
    }

    @Property
    @Verifies("K-2")
    @Needs(clock = true)
    default void onlyAConnectionThatIsNotTooOldIsLentAgain(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 100) Integer> minutes) {
        lendAfterPauses(minutes);
    }

    /** Each round uses a connection, and lets it lie idle for so many minutes. */
    private void lendAfterPauses(List<Integer> minutes) {
        VirtualTime time = target().virtualTime().orElseThrow();
        try (PoolUnderTest pool = onClock(time, 2)) {
            Lease last = pool.borrow();
            pool.giveBack(last);
            for (int pause : minutes) {
                // A second beside the hour, so that no pause ends at the very timeout.
                Duration idle = Duration.ofMinutes(pause).plusSeconds(1);
                time.clock().advance(idle);
                Lease next = pool.borrow();
                boolean same = next.connection().isSame(last.connection());
                pool.require(
                        same == (idle.compareTo(IDLE) < 0),
                        "after %s, where the idle timeout is %s, the connection that was lent is %s"
                                .formatted(idle, IDLE, same ? "still the same" : "another one"));
                pool.giveBack(next);
                last = next;
            }
            time.clock().advance(IDLE.multipliedBy(2));
            pool.awaitMetrics("no connection is left", it -> it.idle() == 0 && it.opened() == it.closed());
            pool.requireNoLeak();
        }
    }

    @Test
    @Verifies("K-2")
    default void byTheWallClockTooIdleConnectionsAreClosed() {
        Duration idle = timeouts().quiet();
        try (PoolUnderTest pool =
                PoolUnderTest.open(this, "K-2", config().idleTimeout(idle).build())) {
            Lease lease = pool.borrow();
            pool.stayBriefly(idle.multipliedBy(2));
            pool.require(!lease.connection().isClosed(), "a connection was closed as idle while it was borrowed");
            long given = System.nanoTime();
            pool.giveBack(lease);
            Duration latest = idle.plus(idle.dividedBy(2)).plus(timeouts().tolerance());
            boolean closed = Polling.until(latest, lease.connection()::isClosed, it -> it);
            Duration taken = Duration.ofNanos(System.nanoTime() - given);
            pool.require(
                    closed && taken.compareTo(idle.minus(BorrowTimeoutRules.GRANULARITY)) >= 0,
                    "a connection with an idle timeout of %s is %s %s after it was given back"
                            .formatted(idle, closed ? "closed" : "still open", taken));
            pool.requireNoLeak();
        }
    }
}
