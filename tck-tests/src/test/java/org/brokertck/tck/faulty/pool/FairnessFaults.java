package org.brokertck.tck.faulty.pool;

import java.time.Duration;
import java.util.List;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.pool.plain.PlainPool;
import org.jspecify.annotations.Nullable;

/** Who is served, and who overtakes whom. */
@SuppressWarnings("LockNotBeforeTry") // the faults are deliberate
final class FairnessFaults {
    private static final String UNFAIR = "was served before|had a connection while|is to wait|still waits";

    private FairnessFaults() {}

    static List<Fault> all() {
        return List.of(
                FaultyPools.plain("LastComesFirst", "K-2", UNFAIR, "Serves who came last.", it -> new PlainPool(it) {
                    @Override
                    protected boolean isTurn(Object ticket) {
                        return line.peekLast() == ticket;
                    }
                }),
                FaultyPools.plain(
                        "NobodyQueues",
                        "K-2",
                        UNFAIR,
                        "Wakes all who wait, and serves whoever looks first.",
                        it -> new PlainPool(it) {
                            @Override
                            protected boolean isTurn(Object ticket) {
                                return true;
                            }
                        }),
                FaultyPools.plain(
                        "NewcomersFindWhatIsIdle",
                        "K-2",
                        UNFAIR,
                        "Looks for a free place before it queues up.",
                        it -> new PlainPool(it) {
                            @Override
                            protected @Nullable Idle take(Duration timeout) {
                                lock.lock();
                                try {
                                    if (!closed && hasPlace()) {
                                        return seat();
                                    }
                                } finally {
                                    lock.unlock();
                                }
                                return super.take(timeout);
                            }
                        }),
                FaultyPools.plain(
                        "ImpatientOnesOvertake",
                        "K-2",
                        UNFAIR,
                        "Serves those first who do not want to wait.",
                        it -> new PlainPool(it) {
                            private @Nullable Object impatient;

                            @Override
                            protected @Nullable Idle take(Duration timeout) {
                                lock.lock();
                                try {
                                    impatient = timeout.isZero() ? Thread.currentThread() : null;
                                    return super.take(timeout);
                                } finally {
                                    impatient = null;
                                    lock.unlock();
                                }
                            }

                            @Override
                            protected boolean isTurn(Object ticket) {
                                return impatient == Thread.currentThread() || super.isTurn(ticket);
                            }
                        }),
                FaultyPools.plain(
                        "DiscardWakesNobody",
                        "K-2",
                        UNFAIR,
                        "Tells those who wait of connections that come back, and not of places that become free.",
                        it -> new PlainPool(it) {
                            @Override
                            protected void release() {
                                lock.lock();
                                taken--;
                                if (closed) {
                                    changed.signalAll();
                                }
                                lock.unlock();
                            }
                        }));
    }
}
