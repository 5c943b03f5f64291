package org.brokertck.tck.faulty.pool;

import java.time.Duration;
import java.util.List;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.PoolExhaustedException;
import org.brokertck.api.resilience.PooledConnection;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.pool.plain.PlainLease;
import org.brokertck.tck.faulty.pool.plain.PlainPool;
import org.jspecify.annotations.Nullable;

/** Places: how many there are, and how they get lost. */
@SuppressWarnings("LockNotBeforeTry") // the faults are deliberate
final class PlaceFaults {
    private static final String MANY = "open at once|is to be refused|being opened|metrics are|is to wait";
    private static final String LOST = "place was lost|still waits|metrics (are|stayed)|is to have a connection";

    private PlaceFaults() {}

    static List<Fault> all() {
        return List.of(
                FaultyPools.plain(
                        "IdleConnectionsAreASet",
                        "K-2",
                        "never closed|not closed|still open|" + LOST,
                        "Keeps idle connections in a set, where one that equals another is not added.",
                        it -> new PlainPool(it) {
                            @Override
                            protected void putIdle(Object connection) {
                                if (idle.stream()
                                        .noneMatch(other -> other.connection().equals(connection))) {
                                    super.putIdle(connection);
                                }
                            }
                        }),
                FaultyPools.plain(
                        "OneConnectionTooMany",
                        "K-2",
                        MANY,
                        "Compares with <= where < is due.",
                        it -> new PlainPool(it) {
                            @Override
                            protected boolean hasPlace() {
                                return !idle.isEmpty() || taken <= config.maxSize();
                            }
                        }),
                FaultyPools.plain(
                        "OneConnectionTooFew",
                        "K-2",
                        LOST,
                        "Keeps a place free, unless there is only one.",
                        it -> new PlainPool(it) {
                            @Override
                            protected boolean hasPlace() {
                                return !idle.isEmpty() || taken < Math.max(1, config.maxSize() - 1);
                            }
                        }),
                FaultyPools.plain(
                        "CountsWhenOpened",
                        "K-2",
                        MANY,
                        "Counts a connection only when it is open, so that a race opens too many.",
                        it -> new PlainPool(it) {
                            @Override
                            protected boolean hasPlace() {
                                return !idle.isEmpty() || lent.size() < config.maxSize();
                            }
                        }),
                FaultyPools.plain(
                        "FreesThePlaceBeforeClosing",
                        "K-2",
                        MANY,
                        "Gives the place of a broken connection away, and closes that later, in the next call.",
                        it -> new PlainPool(it) {
                            private final java.util.Queue<Object> toClose =
                                    new java.util.concurrent.ConcurrentLinkedQueue<>();

                            @Override
                            protected void discard(PlainLease lease) {
                                lock.lock();
                                lent.remove(lease);
                                lock.unlock();
                                toClose.add(lease.held());
                                release();
                            }

                            @Override
                            protected @Nullable PooledConnection<Object> lend(Object connection) {
                                PooledConnection<Object> lease = super.lend(connection);
                                for (Object old = toClose.poll(); old != null; old = toClose.poll()) {
                                    closeOne(old);
                                }
                                return lease;
                            }

                            @Override
                            protected void evict() {
                                super.evict();
                                toClose.forEach(this::closeOne);
                            }
                        }),
                FaultyPools.plain(
                        "DiscardedConnectionsCountForEver",
                        "K-2",
                        LOST,
                        "Does not give the place of a discarded connection back.",
                        it -> new PlainPool(it) {
                            @Override
                            protected void discard(PlainLease lease) {
                                super.discard(lease);
                                lock.lock();
                                if (!closed) {
                                    taken++;
                                }
                                lock.unlock();
                            }
                        }),
                FaultyPools.plain(
                        "FailedOpeningKeepsItsPlace",
                        "K-2",
                        LOST,
                        "Forgets the place of a connection that could not be opened.",
                        it -> new PlainPool(it) {
                            @Override
                            protected void failed() {}
                        }),
                FaultyPools.plain(
                        "ErrorWhileOpeningKeepsItsPlace",
                        "K-2",
                        LOST,
                        "Gives the place back after exceptions, and not after errors.",
                        it -> new PlainPool(it) {
                            private boolean error;

                            @Override
                            protected Object create() {
                                try {
                                    return super.create();
                                } catch (Error e) {
                                    error = true;
                                    throw e;
                                }
                            }

                            @Override
                            protected void failed() {
                                if (!error) {
                                    super.failed();
                                }
                                error = false;
                            }
                        }),
                FaultyPools.plain(
                        "FailedClosingKeepsItsPlace",
                        "K-2",
                        LOST + "|threw",
                        "Lets what closing throws escape before the place is free.",
                        it -> new PlainPool(it) {
                            @Override
                            protected void closeOne(Object connection) {
                                try {
                                    factory.close(connection);
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                                lock.lock();
                                closings++;
                                lock.unlock();
                            }
                        }),
                FaultyPools.plain(
                        "FailedReplacementKeepsItsPlace",
                        "K-2",
                        "no other could be opened in its place",
                        "Gives a place back when no connection can be opened in it, and not when one was to be replaced there.",
                        it -> new PlainPool(it) {
                            private final ThreadLocal<Boolean> replacing = ThreadLocal.withInitial(() -> false);

                            @Override
                            protected void bad(Idle found) {
                                super.bad(found);
                                replacing.set(true);
                            }

                            @Override
                            protected void failed() {
                                if (!replacing.get()) {
                                    super.failed();
                                }
                                replacing.remove();
                            }
                        }),
                FaultyPools.plain(
                        "ReplacementTakesAnotherPlace",
                        "K-2",
                        LOST,
                        "Counts the connection that replaces a broken one beside it.",
                        it -> new PlainPool(it) {
                            @Override
                            protected void bad(Idle found) {
                                super.bad(found);
                                lock.lock();
                                taken++;
                                lock.unlock();
                            }
                        }),
                FaultyPools.plain(
                        "TimedOutBorrowersStayInLine",
                        "K-2",
                        LOST + "|borrower is to|one borrower waits",
                        "Leaves the ticket of a borrower who gave up in the line.",
                        it -> new PlainPool(it) {
                            @Override
                            protected void leave(Object ticket, boolean interrupted) {
                                if (interrupted || closed || isTurn(ticket)) {
                                    super.leave(ticket, interrupted);
                                }
                            }
                        }),
                FaultyPools.plain(
                        "TimeoutAnswersNull",
                        "K-2",
                        "is to be refused",
                        "Returns null to who waited in vain.",
                        it -> new PlainPool(it) {
                            @Override
                            @SuppressWarnings("NullAway") // that is the fault
                            public PooledConnection<Object> borrow(Duration timeout) {
                                try {
                                    return super.borrow(timeout);
                                } catch (PoolExhaustedException e) {
                                    return null;
                                }
                            }
                        }),
                FaultyPools.plain(
                        "TimeoutOfAnotherKind",
                        "K-2",
                        "is to be refused",
                        "Throws the exception of unknown outcomes.",
                        it -> new PlainPool(it) {
                            @Override
                            protected RuntimeException exhausted(Duration timeout) {
                                return new OperationTimeoutException(
                                        String.valueOf(super.exhausted(timeout).getMessage()));
                            }
                        }),
                FaultyPools.plain(
                        "TimeoutNamesNobody",
                        "K-2",
                        "does not say that of pool",
                        "Says neither which pool nor how many connections.",
                        it -> new PlainPool(it) {
                            @Override
                            protected RuntimeException exhausted(Duration timeout) {
                                return new PoolExhaustedException("Timeout waiting for a connection");
                            }
                        }),
                FaultyPools.plain(
                        "TimeoutStartsAnewWithEachChange",
                        "K-2",
                        "still waits|was refused after",
                        "Waits the whole timeout again whenever something changed.",
                        it -> new PlainPool(it) {
                            @Override
                            protected @Nullable Idle take(Duration timeout) {
                                return super.take(timeout.multipliedBy(3));
                            }
                        }),
                FaultyPools.plain(
                        "OwnTimeoutIsIgnored",
                        "K-2",
                        "within its timeout|still waits|own timeout|is to be refused|metrics|where a connection|was served|is to",
                        "Waits for as long as is configured, whatever a borrower asks for.",
                        it -> new PlainPool(it) {
                            @Override
                            public PooledConnection<Object> borrow(Duration timeout) {
                                return super.borrow(config.borrowTimeout());
                            }
                        }),
                FaultyPools.plain(
                        "TimeoutsAreNotCounted",
                        "K-2",
                        "metrics are",
                        "Leaves timeouts out of its figures.",
                        it -> new PlainPool(it) {
                            @Override
                            protected RuntimeException exhausted(Duration timeout) {
                                timeouts = 0;
                                return super.exhausted(timeout);
                            }
                        }),
                FaultyPools.plain(
                        "HidesWhyOpeningFailed",
                        "K-2",
                        "the cause that was told",
                        "Throws its own exception without a cause.",
                        it -> new PlainPool(it) {
                            @Override
                            protected Object create() {
                                try {
                                    return super.create();
                                } catch (BrokerUnavailableException e) {
                                    throw new BrokerUnavailableException("Pool " + name() + " cannot connect");
                                }
                            }
                        }),
                FaultyPools.plain(
                        "HoldsItsLockWhileOpening",
                        "K-2",
                        "did not return|still waits|being opened",
                        "Opens connections under its lock.",
                        it -> new PlainPool(it) {
                            @Override
                            protected Object create() {
                                lock.lock();
                                try {
                                    return super.create();
                                } finally {
                                    lock.unlock();
                                }
                            }
                        }));
    }
}
