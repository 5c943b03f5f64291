package org.brokertck.tck.faulty.pool;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.PoolExhaustedException;
import org.brokertck.api.resilience.PoolMetrics;
import org.brokertck.api.resilience.PooledConnection;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.LeftBehind;
import org.brokertck.tck.faulty.pool.plain.PlainLease;
import org.brokertck.tck.faulty.pool.plain.PlainPool;
import org.brokertck.tck.faulty.pool.plain.PlainTarget;
import org.jspecify.annotations.Nullable;

/** Arguments, threads, interrupts and names. */
@SuppressWarnings("NonAtomicVolatileUpdate") // the faults are deliberate
final class InstanceFaults {
    private InstanceFaults() {}

    static List<Fault> all() {
        Map<String, PlainPool> shared = new ConcurrentHashMap<>();
        return List.of(
                FaultyPools.plain(
                        "LooksForInterruptsAtTheEnd",
                        "G-9",
                        "place was lost|is to have a connection|still waits",
                        "Looks for an interrupt when the connection is there, and keeps that.",
                        it -> new PlainPool(it) {
                            @Override
                            public PooledConnection<Object> borrow(Duration timeout) {
                                PooledConnection<Object> lent = super.borrow(timeout);
                                if (Thread.currentThread().isInterrupted()) {
                                    throw new OperationInterruptedException("interrupted");
                                }
                                return lent;
                            }
                        }),
                FaultyPools.plain(
                        "RefusalsStickToThreads",
                        "G-1",
                        "another borrower ended with .*timeout is",
                        "Keeps what a call came to by its thread, and forgets to clear it where the call is refused at once.",
                        it -> new PlainPool(it) {
                            private final LeftBehind refusals = new LeftBehind();

                            @Override
                            public PooledConnection<Object> borrow(Duration timeout) {
                                return refusals.get(() -> super.borrow(timeout));
                            }
                        }),
                FaultyPools.plain(
                        "NegativeIsForEver",
                        "G-1",
                        "was accepted|threw",
                        "Takes a negative timeout for none at all.",
                        it -> new PlainPool(it) {
                            @Override
                            public PooledConnection<Object> borrow(Duration timeout) {
                                return super.borrow(
                                        timeout != null && timeout.isNegative() ? Duration.ofDays(1) : timeout);
                            }
                        }),
                FaultyPools.plain(
                        "NegativeCountsAsTimeout",
                        "G-1",
                        "threw|metrics are|was accepted",
                        "Refuses a negative timeout like one that has run out.",
                        it -> new PlainPool(it) {
                            @Override
                            public PooledConnection<Object> borrow(Duration timeout) {
                                if (timeout != null && timeout.isNegative()) {
                                    throw new PoolExhaustedException("no timeout left");
                                }
                                return super.borrow(timeout);
                            }
                        }),
                FaultyPools.plain(
                        "LongTimeoutsOverflow",
                        "G-1",
                        "threw|is to have a connection|waits for ever|metrics",
                        "Counts timeouts in a long of nanoseconds.",
                        it -> new PlainPool(it) {
                            @Override
                            public PooledConnection<Object> borrow(Duration timeout) {
                                long nanos = timeout.toNanos();
                                return super.borrow(Duration.ofNanos(nanos));
                            }
                        }),
                FaultyPools.plain(
                        "LosesConcurrentReturns",
                        "G-4",
                        "place was lost|metrics are|did not return|threw|at one moment|connections are open|open at once|still open",
                        "Changes its list of idle connections outside the lock.",
                        it -> new PlainPool(it) {
                            private volatile int places;

                            @Override
                            protected boolean hasPlace() {
                                return super.hasPlace() && places < config.maxSize();
                            }

                            @Override
                            protected @Nullable Idle seat() {
                                places++;
                                return super.seat();
                            }

                            @Override
                            protected void giveBack(PlainLease lease) {
                                int before = places;
                                Thread.yield();
                                places = before - 1;
                                super.giveBack(lease);
                            }

                            @Override
                            protected void discard(PlainLease lease) {
                                places--;
                                super.discard(lease);
                            }

                            @Override
                            protected void failed() {
                                places--;
                                super.failed();
                            }
                        }),
                FaultyPools.plain(
                        "SwallowsTheInterrupt",
                        "G-9",
                        "did not restore",
                        "Does not set the interrupt flag again.",
                        it -> new PlainPool(it) {
                            @Override
                            protected RuntimeException interrupted(InterruptedException e) {
                                return new OperationInterruptedException("Interrupted", e);
                            }
                        }),
                FaultyPools.plain(
                        "TakesAnInterruptForABrokenConnection",
                        "G-9",
                        "was interrupted while its connection was validated",
                        "Takes whatever validation throws for a broken connection, an interrupt too, and opens another one.",
                        it -> new PlainPool(it) {
                            @Override
                            protected boolean interruptedInValidation(Idle found, InterruptedException e) {
                                return false;
                            }
                        }),
                FaultyPools.plain(
                        "AnInterruptInOpeningIsAFailure",
                        "G-9",
                        "is to be refused with OperationInterruptedException",
                        "Takes whatever opening throws for a server that is not there, an interrupt too.",
                        it -> new PlainPool(it) {
                            @Override
                            protected Object create() {
                                try {
                                    return super.create();
                                } catch (OperationInterruptedException e) {
                                    throw new BrokerUnavailableException("No connection can be opened", e);
                                }
                            }
                        }),
                FaultyPools.plain(
                        "KeepsThePlaceOfOneThatWasInterrupted",
                        "G-9",
                        "still waits|place was lost|is to have a connection",
                        "Keeps what is given back for the first in line, who may have been interrupted by then.",
                        it -> new PlainPool(it) {
                            private @Nullable Object served;

                            @Override
                            protected void giveBack(PlainLease lease) {
                                lock.lock();
                                try {
                                    served = line.peekFirst();
                                    super.giveBack(lease);
                                } finally {
                                    lock.unlock();
                                }
                            }

                            @Override
                            protected boolean isTurn(Object ticket) {
                                return served == null ? super.isTurn(ticket) : served == ticket;
                            }

                            @Override
                            protected void leave(Object ticket, boolean interrupted) {
                                super.leave(ticket, interrupted);
                                if (served == ticket && !interrupted) {
                                    served = null;
                                }
                            }
                        }),
                FaultyPools.plain(
                        "InterruptedOnesStayInLine",
                        "G-9",
                        "still waits|metrics are|place was lost",
                        "Leaves the ticket of an interrupted borrower in the line.",
                        it -> new PlainPool(it) {
                            @Override
                            protected void leave(Object ticket, boolean interrupted) {
                                if (!interrupted) {
                                    super.leave(ticket, false);
                                }
                            }
                        }),
                FaultyPools.plain(
                        "InterruptCountsAsTimeout",
                        "G-9",
                        "is to be refused",
                        "Takes an interrupt for the end of the timeout.",
                        it -> new PlainPool(it) {
                            @Override
                            protected RuntimeException interrupted(InterruptedException e) {
                                Thread.currentThread().interrupt();
                                return exhausted(Duration.ZERO);
                            }
                        }),
                FaultyPools.plain(
                        "InterruptDoesNotEndTheWait",
                        "G-9",
                        "still waits|did not return",
                        "Goes on waiting when it is interrupted.",
                        it -> new PlainPool(it) {
                            @Override
                            protected @Nullable Idle take(Duration timeout) {
                                try {
                                    return super.take(timeout);
                                } catch (OperationInterruptedException e) {
                                    Thread.interrupted();
                                    return take(timeout);
                                }
                            }
                        }),
                FaultyPools.plain(
                        "CloseIgnoresTheInterrupt",
                        "G-9",
                        "an interrupted close|close did not return",
                        "Goes on waiting for borrowed connections when it is interrupted.",
                        it -> new PlainPool(it) {
                            @Override
                            protected void awaitReturn() throws InterruptedException {
                                try {
                                    super.awaitReturn();
                                } catch (InterruptedException e) {
                                    awaitReturn();
                                }
                            }
                        }),
                Fault.of(
                        "SharesByNameWithoutCase",
                        "G-11",
                        "metrics are|is called|is to have|still waits|factory had opened",
                        "Keeps pools by their names in small letters.",
                        () -> PlainTarget.of(
                                "SharesByNameWithoutCase",
                                it -> shared.computeIfAbsent(
                                        it.name().toLowerCase(Locale.ROOT), name -> new PlainPool(it)))),
                FaultyPools.plain(
                        "OnePoolOfPlaces",
                        "G-11",
                        "metrics are",
                        "Counts the timeouts of all pools together.",
                        it -> new CountsTogether(it)));
    }

    private static final class CountsTogether extends PlainPool {
        private static final Map<String, Long> TIMEOUTS = new ConcurrentHashMap<>();

        CountsTogether(PlainTarget.Opening opening) {
            super(opening);
        }

        @Override
        protected RuntimeException exhausted(Duration timeout) {
            TIMEOUTS.merge("all", 1L, Long::sum);
            return super.exhausted(timeout);
        }

        @Override
        public PoolMetrics metrics() {
            PoolMetrics own = super.metrics();
            return new PoolMetrics(
                    own.idle(),
                    own.inUse(),
                    own.waiting(),
                    own.opened(),
                    own.closed(),
                    TIMEOUTS.getOrDefault("all", 0L));
        }
    }
}
