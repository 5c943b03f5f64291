package org.brokertck.tck.resilience.pool;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.brokertck.api.resilience.PoolConfig;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** What the factory does for one borrower holds up nobody else, and outlives no close; settings at their bounds mean what they say. */
public interface PoolMeetingRules extends PoolRules {
    /** While one connection is being looked at, others are lent, given back and counted. */
    @Test
    @Verifies("K-2")
    default void validatingAConnectionHoldsUpNobodyElse() {
        CountDownLatch gate = new CountDownLatch(1);
        try (PoolUnderTest pool =
                PoolUnderTest.open(this, "K-2", config().maxSize(3).build())) {
            Lease early = pool.borrow();
            pool.giveBack(pool.borrow());
            pool.connections().validateBehind(gate);
            Borrower slow = pool.start();
            pool.require(
                    Polling.until(timeouts().await(), () -> pool.connections().validating() == 1, it -> it),
                    "an idle connection was not validated for the next borrower");
            try {
                pool.run("giving a connection back, while another one was being validated", early::giveBack);
                pool.call("metrics, while another one was being validated", pool.unrecorded()::metrics);
            } finally {
                gate.countDown();
            }
            pool.giveBack(pool.borrowed(slow));
            pool.requireNoLeak();
        } finally {
            gate.countDown();
        }
    }

    @Test
    @Verifies("K-2")
    default void closingAConnectionHoldsUpNobodyElse() {
        CountDownLatch gate = new CountDownLatch(1);
        try (PoolUnderTest pool =
                PoolUnderTest.open(this, "K-2", config().maxSize(3).build())) {
            Lease broken = pool.borrow();
            Lease early = pool.borrow();
            pool.connections().closeBehind(gate);
            Running<Boolean> discarding = Bounded.startRun("discarding a connection", broken::discard);
            pool.require(
                    Polling.until(timeouts().await(), () -> pool.connections().closing() == 1, it -> it),
                    "a connection that was discarded is not being closed");
            try {
                pool.run("giving a connection back, while another one was being closed", early::giveBack);
                pool.run(
                        "borrowing, while another one was being closed",
                        () -> new Lease(pool.connections(), pool.unrecorded().borrow()).giveBack());
                pool.call("metrics, while another one was being closed", pool.unrecorded()::metrics);
            } finally {
                gate.countDown();
            }
            pool.run(
                    "discarding a connection", () -> discarding.await(timeouts().await()));
            pool.requireNoLeak();
        } finally {
            gate.countDown();
        }
    }

    /** Whoever it is for may have it once more, or be refused; it does not stay open. */
    @Test
    @Verifies("K-2")
    default void aConnectionThatIsBeingValidatedWhenThePoolIsClosedIsClosedToo() {
        CountDownLatch gate = new CountDownLatch(1);
        try (PoolUnderTest pool = PoolUnderTest.open(this, "K-2", config().build())) {
            pool.giveBack(pool.borrow());
            pool.connections().validateBehind(gate);
            Borrower borrower = pool.start();
            pool.require(
                    Polling.until(timeouts().await(), () -> pool.connections().validating() == 1, it -> it),
                    "an idle connection was not validated for the next borrower");
            pool.closeUnder(borrower, gate);
        } finally {
            gate.countDown();
        }
    }

    /** It comes back no more, so there is nothing left to wait for. */
    @Test
    @Verifies("G-3")
    default void aCloseEndsWhenTheLastBorrowedConnectionIsDiscarded() {
        try (PoolUnderTest pool = PoolUnderTest.open(
                this,
                "G-3",
                config().drainTimeout(timeouts().await().multipliedBy(5)).build())) {
            Lease lease = pool.borrow();
            Running<Boolean> closing = Bounded.startRun(
                    "a close, when the last borrowed connection had been discarded,", pool.unrecorded()::close);
            pool.require(pool.stays(StillWaiting.in(closing)), "close returned while a connection was borrowed");
            pool.discard(lease);
            pool.run(
                    "a close, when the last borrowed connection had been discarded,",
                    timeouts().await(),
                    () -> closing.await(timeouts().await().dividedBy(2)));
            pool.closeNow();
        }
    }

    /** What is borrowed is closed under its borrower, at once. */
    @Test
    @Verifies("G-3")
    default void aDrainTimeoutOfZeroWaitsForNoBorrower() {
        try (PoolUnderTest pool = PoolUnderTest.open(
                this, "G-3", config().drainTimeout(Duration.ZERO).build())) {
            Lease lease = pool.borrow();
            pool.run("close with a drain timeout of 0, while a connection is borrowed,", pool.unrecorded()::close);
            pool.requireAllClosed();
            pool.run("giving back what close took", lease.handle()::close);
            pool.closeNow();
        }
    }

    @Test
    @Verifies("K-2")
    default void theLargestPoolIsOpened() {
        Duration longest = Duration.ofDays(365);
        try (PoolUnderTest pool = PoolUnderTest.open(
                this,
                "K-2",
                new PoolConfig(Integer.MAX_VALUE, longest, longest, timeouts().await()))) {
            Lease first = pool.borrow();
            Lease second = pool.borrow();
            pool.giveBack(first);
            pool.discard(second);
            pool.giveBack(pool.borrow());
            pool.closeNow();
        }
    }
}
