package org.brokertck.tck.resilience.pool;

import java.time.Duration;
import java.util.Optional;
import org.brokertck.api.resilience.ConnectionPool;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.jspecify.annotations.Nullable;

/** A call of borrow on a thread of its own, which may have to wait. */
final class Borrower {
    private final String name;
    private final Running<Boolean> running;
    private volatile @Nullable Lease lease;
    private volatile @Nullable Throwable thrown;
    private volatile boolean flagged;

    /** @param timeout how long it waits; null for as long as is configured */
    Borrower(String name, PoolUnderTest pool, @Nullable Duration timeout) {
        this.name = name;
        this.running = Bounded.startRun("borrow", () -> borrow(pool, timeout));
    }

    private void borrow(PoolUnderTest pool, @Nullable Duration timeout) {
        try {
            ConnectionPool<TestConnection> from = pool.unrecorded();
            lease = new Lease(pool.connections(), timeout == null ? from.borrow() : from.borrow(timeout));
        } catch (RuntimeException | Error e) {
            thrown = e;
        } finally {
            flagged = Thread.currentThread().isInterrupted();
        }
    }

    boolean isDone() {
        return running.isDone();
    }

    /** Waits for the end, whatever it is. */
    void await(Duration limit) {
        running.await(limit);
    }

    void interrupt() {
        running.interrupt();
    }

    /** Whether its thread bore the interrupt flag at the end. */
    boolean isFlagged() {
        return flagged;
    }

    /** What it borrowed; empty when it did not. */
    Optional<Lease> lease() {
        return Optional.ofNullable(lease);
    }

    /** What it threw; empty when it did not. */
    Optional<Throwable> thrown() {
        return Optional.ofNullable(thrown);
    }

    /** How it ended, in words. */
    String ending() {
        if (!isDone()) {
            return "still waits";
        }
        Lease got = lease;
        return got == null ? "ended with " + thrown : "borrowed " + got.connection();
    }

    @Override
    public String toString() {
        return name;
    }
}
