package org.brokertck.tck.faulty.pool;

import static org.brokertck.tck.faulty.pool.FaultyPools.plain;

import java.util.List;
import org.brokertck.api.ClosedException;
import org.brokertck.api.resilience.PooledConnection;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.pool.plain.PlainLease;
import org.brokertck.tck.faulty.pool.plain.PlainPool;
import org.brokertck.tck.faulty.pool.plain.PlainTarget;
import org.jspecify.annotations.Nullable;

/** Faults that show where two features meet: what the factory does meanwhile, ends that come then, and settings at their bounds. */
@SuppressWarnings("LockNotBeforeTry") // as plain as what they vary
final class MeetingFaults {
    private MeetingFaults() {}

    static List<Fault> all() {
        return List.of(
                plain(
                        "HoldsItsLockWhileValidating",
                        "K-2",
                        "while another one was being validated",
                        "Looks under its lock whether an idle connection is valid.",
                        HoldsItsLockWhileValidating::new),
                plain(
                        "HoldsItsLockWhileClosing",
                        "K-2",
                        "while another one was being closed",
                        "Closes a connection that was discarded under its lock.",
                        HoldsItsLockWhileClosing::new),
                plain(
                        "LeaksWhatIsValidatedUnderAClose",
                        "K-2",
                        "after close these are still open",
                        "Forgets an idle connection that was being validated for a borrower when the pool was closed.",
                        LeaksWhatIsValidatedUnderAClose::new),
                plain(
                        "DiscardsEndNoDrain",
                        "G-3",
                        "when the last borrowed connection had been discarded",
                        "Tells a close that waits of connections that come back, and not of those that are discarded.",
                        DiscardsEndNoDrain::new),
                plain(
                        "NoDrainTimeoutIsForEver",
                        "G-3",
                        "with a drain timeout of 0",
                        "Takes a drain timeout of 0 for none.",
                        NoDrainTimeoutIsForEver::new),
                plain(
                        "MakesAllItsPlacesAtOnce",
                        "K-2",
                        "openConnectionPool .* threw java.lang.OutOfMemoryError",
                        "Makes an array with a place for every connection that there may be.",
                        MakesAllItsPlacesAtOnce::new));
    }

    private static final class HoldsItsLockWhileValidating extends PlainPool {
        HoldsItsLockWhileValidating(PlainTarget.Opening opening) {
            super(opening);
        }

        @Override
        protected boolean isGood(Idle found) {
            lock.lock();
            try {
                return super.isGood(found);
            } finally {
                lock.unlock();
            }
        }
    }

    private static final class HoldsItsLockWhileClosing extends PlainPool {
        HoldsItsLockWhileClosing(PlainTarget.Opening opening) {
            super(opening);
        }

        @Override
        protected void discard(PlainLease lease) {
            lock.lock();
            try {
                super.discard(lease);
            } finally {
                lock.unlock();
            }
        }
    }

    private static final class LeaksWhatIsValidatedUnderAClose extends PlainPool {
        private final ThreadLocal<Boolean> used = ThreadLocal.withInitial(() -> false);

        LeaksWhatIsValidatedUnderAClose(PlainTarget.Opening opening) {
            super(opening);
        }

        @Override
        protected boolean isGood(Idle found) {
            boolean good = super.isGood(found);
            used.set(good);
            return good;
        }

        @Override
        protected Object create() {
            used.set(false);
            return super.create();
        }

        @Override
        protected @Nullable PooledConnection<Object> lend(Object connection) {
            PooledConnection<Object> lease = super.lend(connection);
            if (lease == null && used.get()) {
                throw new ClosedException("Pool " + name() + " is closed");
            }
            return lease;
        }
    }

    private static final class DiscardsEndNoDrain extends PlainPool {
        DiscardsEndNoDrain(PlainTarget.Opening opening) {
            super(opening);
        }

        @Override
        protected void discard(PlainLease lease) {
            lock.lock();
            boolean draining = closed;
            if (draining) {
                lent.remove(lease);
                taken--;
            }
            lock.unlock();
            if (draining) {
                closeOne(lease.held());
            } else {
                super.discard(lease);
            }
        }
    }

    private static final class NoDrainTimeoutIsForEver extends PlainPool {
        NoDrainTimeoutIsForEver(PlainTarget.Opening opening) {
            super(opening);
        }

        @Override
        protected void awaitReturn() throws InterruptedException {
            lock.lock();
            try {
                while (config.drainTimeout().isZero() && taken > 0) {
                    changed.await();
                }
            } finally {
                lock.unlock();
            }
            super.awaitReturn();
        }
    }

    private static final class MakesAllItsPlacesAtOnce extends PlainPool {
        private final Object[] places;

        MakesAllItsPlacesAtOnce(PlainTarget.Opening opening) {
            super(opening);
            this.places = new Object[config.maxSize()];
        }

        @Override
        protected @Nullable PooledConnection<Object> lend(Object connection) {
            places[0] = connection;
            return super.lend(connection);
        }
    }
}
