package org.brokertck.tck.faulty.pool;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.brokertck.api.resilience.PoolMetrics;
import org.brokertck.api.resilience.PooledConnection;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.pool.plain.PlainLease;
import org.brokertck.tck.faulty.pool.plain.PlainPool;
import org.jspecify.annotations.Nullable;

/** What closing leaves undone, or overdoes. */
@SuppressWarnings("LockNotBeforeTry") // the faults are deliberate
final class ClosingFaults {
    private ClosingFaults() {}

    static List<Fault> all() {
        return List.of(
                FaultyPools.plain(
                        "LeaksWhatIsOpenedUnderAClose",
                        "K-2",
                        "after close these are still open",
                        "Forgets a connection that was opened for a borrower when the pool has been closed meanwhile.",
                        it -> new PlainPool(it) {
                            private final Set<Object> unlent = ConcurrentHashMap.newKeySet();

                            @Override
                            protected @Nullable PooledConnection<Object> lend(Object connection) {
                                PooledConnection<Object> lease = super.lend(connection);
                                if (lease == null) {
                                    unlent.add(connection);
                                }
                                return lease;
                            }

                            @Override
                            protected void closeOne(Object connection) {
                                if (!unlent.contains(connection)) {
                                    super.closeOne(connection);
                                }
                            }
                        }),
                FaultyPools.plain(
                        "BorrowsAfterClose",
                        "G-2",
                        "after close|metrics are|is to be refused",
                        "Goes on lending when it is closed.",
                        it -> new PlainPool(it) {
                            @Override
                            protected void requireOpen() {}
                        }),
                FaultyPools.plain(
                        "CloseForgetsTheFigures",
                        "G-2",
                        "metrics are",
                        "Clears its figures when it is closed.",
                        it -> new PlainPool(it) {
                            @Override
                            public PoolMetrics metrics() {
                                return closed ? new PoolMetrics(0, 0, 0, 0, 0, 0) : super.metrics();
                            }
                        }),
                FaultyPools.plain(
                        "CloseWakesNobody",
                        "G-2",
                        "still waits",
                        "Lets those who wait go on waiting when it is closed.",
                        it -> new PlainPool(it) {
                            @Override
                            protected boolean hasPlace() {
                                return !closed && super.hasPlace();
                            }

                            @Override
                            public void close() {
                                lock.lock();
                                // Whoever waits now is not told: the flag is set for newcomers only.
                                boolean someoneWaits = !line.isEmpty();
                                lock.unlock();
                                if (!someoneWaits) {
                                    super.close();
                                }
                            }
                        }),
                FaultyPools.plain(
                        "ReturnedAfterCloseStaysOpen",
                        "G-2",
                        "still open",
                        "Keeps a connection that comes back when it is closed.",
                        it -> new PlainPool(it) {
                            @Override
                            protected void giveBack(PlainLease lease) {
                                lock.lock();
                                boolean late = closed;
                                lent.remove(lease);
                                lock.unlock();
                                if (late) {
                                    release();
                                } else {
                                    super.giveBack(lease);
                                }
                            }
                        }),
                FaultyPools.plain(
                        "CloseDoesNotWait",
                        "G-3",
                        "close returned while|took a connection",
                        "Takes connections from their borrowers at once.",
                        it -> new PlainPool(it) {
                            @Override
                            protected void awaitReturn() {}
                        }),
                FaultyPools.plain(
                        "SecondCloseDoesNotWait",
                        "G-3",
                        "close returned while",
                        "Returns at once when it is being closed already.",
                        it -> new PlainPool(it) {
                            @Override
                            public void close() {
                                lock.lock();
                                boolean again = closed;
                                closed = true;
                                lock.unlock();
                                if (!again) {
                                    super.close();
                                }
                            }
                        }),
                FaultyPools.plain(
                        "CloseWaitsForEver",
                        "G-3",
                        "did not return",
                        "Waits for borrowed connections without an end.",
                        it -> new PlainPool(it) {
                            @Override
                            protected void awaitReturn() throws InterruptedException {
                                lock.lock();
                                try {
                                    while (taken > 0) {
                                        changed.await();
                                    }
                                } finally {
                                    lock.unlock();
                                }
                            }
                        }),
                FaultyPools.plain(
                        "BorrowedOnesOutliveTheClose",
                        "G-3",
                        "still open",
                        "Leaves to their borrowers what did not come back in time.",
                        it -> new PlainPool(it) {
                            @Override
                            protected void evict() {}
                        }),
                FaultyPools.plain(
                                "LateReturnsAreClosedTwice",
                                "G-3",
                                "closed twice",
                                "Closes what comes back after it was taken.",
                                it -> new PlainPool(it) {
                                    @Override
                                    protected void evict() {
                                        List.copyOf(lent).forEach(lease -> {
                                            try {
                                                factory.close(lease.held());
                                            } catch (Exception e) {
                                                throw new IllegalStateException(e);
                                            }
                                        });
                                    }
                                })
                        .and("G-3", "get of a connection that close took|closed twice"),
                FaultyPools.plain(
                        "TimerIsLeft",
                        "G-10",
                        "still alive",
                        "Does not end the thread that closes idle connections.",
                        it -> new PlainPool(it) {
                            @Override
                            protected void endTime() {}
                        }));
    }
}
