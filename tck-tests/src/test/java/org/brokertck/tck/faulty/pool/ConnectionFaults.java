package org.brokertck.tck.faulty.pool;

import java.util.List;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.resilience.PooledConnection;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.pool.plain.PlainLease;
import org.brokertck.tck.faulty.pool.plain.PlainPool;
import org.brokertck.tck.faulty.pool.plain.PlainTarget;
import org.jspecify.annotations.Nullable;

/** Connections: which are lent, validated, kept and closed. */
@SuppressWarnings("LockNotBeforeTry") // the faults are deliberate
final class ConnectionFaults {
    private static final String BROKEN = "was lent though it had broken|lent after it was closed";
    private static final String OLD = "still the same|still open|idle timeout|no connection is left|metrics";

    private ConnectionFaults() {}

    static List<Fault> all() {
        return List.of(
                FaultyPools.plain(
                        "ValidatesNothing", "K-2", BROKEN, "Lends idle connections unseen.", it -> new PlainPool(it) {
                            @Override
                            protected boolean isGood(Idle found) {
                                return !isOver(found);
                            }
                        }),
                FaultyPools.plain(
                        "ValidatesTheFirstOnly",
                        "K-2",
                        BROKEN,
                        "Takes the next idle connection unseen when the first was broken.",
                        it -> new PlainPool(it) {
                            @Override
                            protected Object connection(@Nullable Idle first) {
                                if (first == null || isGood(first)) {
                                    return super.connection(first);
                                }
                                bad(first);
                                lock.lock();
                                Idle next = pollIdle();
                                lock.unlock();
                                return next == null ? create() : next.connection();
                            }
                        }),
                FaultyPools.plain(
                        "ValidationThatThrowsIsFine",
                        "K-2",
                        BROKEN,
                        "Takes a connection whose validation threw for a good one.",
                        it -> new PlainPool(it) {
                            @Override
                            protected boolean isGood(Idle found) {
                                try {
                                    return !isOver(found) && factory.isValid(found.connection());
                                } catch (Exception e) {
                                    return true;
                                }
                            }
                        }),
                FaultyPools.plain(
                        "ValidationThatThrowsIsTold",
                        "K-2",
                        "is to have a connection",
                        "Refuses the borrower when a connection is broken, in place of replacing it.",
                        it -> new PlainPool(it) {
                            @Override
                            protected void bad(Idle found) {
                                super.bad(found);
                                throw new BrokerUnavailableException("Pool " + name() + " had a broken connection");
                            }
                        }),
                FaultyPools.plain(
                        "BrokenOnesAreNotClosed",
                        "K-2",
                        "metrics are|open at once|connections are open|still open",
                        "Drops an invalid connection without closing it.",
                        it -> new PlainPool(it) {
                            @Override
                            protected void bad(Idle found) {
                                lock.lock();
                                closings++;
                                lock.unlock();
                            }
                        }),
                FaultyPools.plain(
                        "DiscardedOnesAreKept",
                        "K-2",
                        "discarded and not closed|metrics are",
                        "Puts a discarded connection back.",
                        it -> new PlainPool(it) {
                            @Override
                            protected void discard(PlainLease lease) {
                                giveBack(lease);
                            }
                        }),
                FaultyPools.plain(
                        "ClosesTwice",
                        "K-2",
                        "closed twice",
                        "Closes a discarded connection when its handle is closed as well.",
                        it -> new PlainPool(it) {
                            @Override
                            protected void discard(PlainLease lease) {
                                super.discard(lease);
                                try {
                                    factory.close(lease.held());
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                            }
                        }),
                FaultyPools.plain(
                        "GivesBackTwice",
                        "K-2",
                        "is to be refused|two borrowers|metrics are|handle that was given back",
                        "Takes a connection back as often as its handle is closed.",
                        it -> leases(it, (pool, connection) -> new PlainLease(pool, connection) {
                            @Override
                            public void close() {
                                over.set(false);
                                super.close();
                            }
                        })),
                FaultyPools.plain(
                        "HandleOutlivesItsBorrowing",
                        "K-2",
                        "get of a handle",
                        "Gives the connection out when it was given back long ago.",
                        it -> leases(it, (pool, connection) -> new PlainLease(pool, connection) {
                            @Override
                            public Object get() {
                                return connection;
                            }
                        })),
                FaultyPools.plain(
                        "NeverUsesAnythingAgain",
                        "K-2",
                        "lay idle, and|metrics are",
                        "Closes what comes back.",
                        it -> new PlainPool(it) {
                            @Override
                            protected void giveBack(PlainLease lease) {
                                discard(lease);
                            }
                        }),
                FaultyPools.plain(
                        "OpensThemAllAtOnce",
                        "K-2",
                        "metrics are",
                        "Opens the second connection together with the first.",
                        it -> new PlainPool(it) {
                            @Override
                            protected Object create() {
                                Object made = super.create();
                                lock.lock();
                                boolean more = !closed && idle.isEmpty() && taken < config.maxSize() && opened == 1;
                                lock.unlock();
                                if (more) {
                                    Object second = super.create();
                                    lock.lock();
                                    putIdle(second);
                                    lock.unlock();
                                }
                                return made;
                            }
                        }),
                FaultyPools.plain(
                        "IdleOnesStay", "K-2", OLD, "Never closes an idle connection.", it -> new PlainPool(it) {
                            @Override
                            protected boolean isOver(Idle it) {
                                return false;
                            }
                        }),
                FaultyPools.plain(
                        "IdleOnesAreClosedWhenBorrowed",
                        "K-2",
                        OLD,
                        "Looks at the age of a connection only when someone wants it.",
                        it -> new PlainPool(it) {
                            @Override
                            protected void expire() {}
                        }),
                FaultyPools.plain(
                        "AgeCountsFromTheOpening",
                        "K-2",
                        OLD + "|another one|was closed when",
                        "Closes a connection so long after it was opened, idle or not.",
                        it -> new PlainPool(it) {
                            private final java.util.Map<Object, Long> openedAt =
                                    new java.util.concurrent.ConcurrentHashMap<>();

                            @Override
                            protected boolean isOver(Idle it) {
                                long since = openedAt.computeIfAbsent(it.connection(), any -> it.since());
                                return super.isOver(new Idle(it.connection(), since));
                            }
                        }),
                FaultyPools.plain(
                        "RingsAgainAWholeTimeoutLater",
                        "K-2",
                        "still open",
                        "Sets the alarm anew for the whole timeout when it finds nothing old enough.",
                        it -> new OneAlarm(it) {
                            @Override
                            protected void ring() {
                                expire();
                                lock.lock();
                                set = !idle.isEmpty();
                                if (set) {
                                    time.schedule(config.idleTimeout(), this::ring);
                                }
                                lock.unlock();
                            }
                        }),
                FaultyPools.plain(
                        "OneAlarmForAll",
                        "K-2",
                        "still open",
                        "Sets no other alarm when the one that rings finds nothing old enough.",
                        it -> new OneAlarm(it) {
                            @Override
                            protected void ring() {
                                lock.lock();
                                set = false;
                                lock.unlock();
                                expire();
                            }
                        }),
                FaultyPools.plain(
                        "ExpiredOnesAreLentOnceMore",
                        "K-2",
                        OLD,
                        "Closes idle connections by an alarm that rings late, and does not look at their age otherwise.",
                        it -> new PlainPool(it) {
                            @Override
                            protected boolean isGood(Idle found) {
                                try {
                                    return factory.isValid(found.connection());
                                } catch (Exception e) {
                                    return false;
                                }
                            }

                            @Override
                            protected void putIdle(Object connection) {
                                idle.addLast(new Idle(connection, time.nanoTime()));
                                time.schedule(
                                        config.idleTimeout().multipliedBy(5).dividedBy(4), this::expire);
                            }
                        }));
    }

    /** Makes a handle for a connection. */
    @FunctionalInterface
    private interface Handles {
        PlainLease make(PlainPool pool, Object connection);
    }

    private static PlainPool leases(org.brokertck.tck.faulty.pool.plain.PlainTarget.Opening opening, Handles handles) {
        return new PlainPool(opening) {
            @Override
            protected @Nullable PooledConnection<Object> lend(Object connection) {
                lock.lock();
                try {
                    if (closed) {
                        return null;
                    }
                    PlainLease lease = handles.make(this, connection);
                    lent.add(lease);
                    return lease;
                } finally {
                    lock.unlock();
                }
            }
        };
    }

    /** Has one alarm for all idle connections. */
    @SuppressWarnings("LockNotBeforeTry") // as plain as what they vary
    private abstract static class OneAlarm extends PlainPool {
        /** Whether it is set; under the lock. */
        boolean set;

        OneAlarm(PlainTarget.Opening opening) {
            super(opening);
        }

        @Override
        protected void putIdle(Object connection) {
            idle.addLast(new Idle(connection, time.nanoTime()));
            if (!set) {
                set = true;
                time.schedule(config.idleTimeout(), this::ring);
            }
        }

        /** The alarm rings. */
        protected abstract void ring();
    }
}
