package org.brokertck.tck.faulty.pool.legal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.api.PoolExhaustedException;
import org.brokertck.api.resilience.PooledConnection;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.faulty.pool.plain.PlainPool;
import org.brokertck.tck.faulty.pool.plain.PlainTarget;
import org.jspecify.annotations.Nullable;

/** All odd but legal connection pools, by name. */
final class LegalPools {
    private LegalPools() {}

    static List<ConformanceTarget> all() {
        return List.of(
                PlainTarget.of("LendsTheLongestIdle", it -> new PlainPool(it) {
                    @Override
                    protected @Nullable Idle pollIdle() {
                        return idle.pollFirst();
                    }
                }),
                PlainTarget.of("LooksForIdleOnesNowAndThen", it -> new PlainPool(it) {
                    @Override
                    protected void putIdle(Object connection) {
                        idle.addLast(new Idle(connection, time.nanoTime()));
                        time.schedule(config.idleTimeout().multipliedBy(5).dividedBy(4), this::expire);
                    }
                }),
                PlainTarget.of("ValidatesNewOnesToo", it -> new PlainPool(it) {
                    @Override
                    protected Object create() {
                        Object made = super.create();
                        isGood(new Idle(made, time.nanoTime()));
                        return made;
                    }
                }),
                PlainTarget.of("WordyRefusals", it -> new PlainPool(it) {
                    @Override
                    public PooledConnection<Object> borrow(@Nullable Duration timeout) {
                        if (timeout == null || timeout.isNegative()) {
                            throw new IllegalArgumentException(
                                    "Timeout must be 0 or more, dear caller, and is " + timeout);
                        }
                        return super.borrow(timeout);
                    }

                    @Override
                    protected RuntimeException exhausted(Duration timeout) {
                        return new PoolExhaustedException(
                                "All %d connections of '%s' are busy".formatted(config.maxSize(), name()));
                    }
                }),
                PlainTarget.of("SlowToOpenAndClose", it -> new PlainPool(it) {
                    @Override
                    protected Object create() {
                        LockSupport.parkNanos(300_000);
                        return super.create();
                    }

                    @Override
                    protected void closeOne(Object connection) {
                        LockSupport.parkNanos(300_000);
                        super.closeOne(connection);
                    }
                }));
    }
}
