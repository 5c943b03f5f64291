package org.brokertck.tck.resilience.pool;

import java.util.Optional;
import java.util.Set;
import org.brokertck.api.resilience.ConnectionFactory;
import org.brokertck.api.resilience.ConnectionPool;
import org.brokertck.api.resilience.PoolConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.VirtualTime;

/**
 * All rules of the connection pool. An implementer extends this class in the tests of an own build and supplies one method; the
 * build then runs every rule that binds the implementation. A new instance is made for every test.
 */
public abstract class ConnectionPoolTck
        implements BorrowRules,
                BorrowTimeoutRules,
                BrokenConnectionRules,
                FairnessRules,
                IdleConnectionRules,
                PoolArgumentRules,
                PoolClosingRules,
                PoolConcurrencyRules,
                PoolInterruptRules,
                PoolIsolationRules,
                PoolMeetingRules,
                PoolScheduleRules {
    /** For subclasses. */
    protected ConnectionPoolTck() {}

    /**
     * Opens a connection pool of the implementation under test.
     *
     * @param name used for one test only
     * @param config the settings of the pool
     * @param factory makes the connections
     */
    protected abstract <C> ConnectionPool<C> openConnectionPool(
            String name, PoolConfig config, ConnectionFactory<C> factory);

    /** A target on a manual clock, where there is one. */
    protected Optional<VirtualTime> virtualTime() {
        return Optional.empty();
    }

    @Override
    public ConformanceTarget target() {
        return new ExtendedTarget(this);
    }

    /** What a subclass supplies, as a target. */
    private record ExtendedTarget(ConnectionPoolTck tck) implements ConformanceTarget {
        @Override
        public String name() {
            return tck.getClass().getSimpleName();
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of();
        }

        @Override
        public <C> ConnectionPool<C> openConnectionPool(String name, PoolConfig config, ConnectionFactory<C> factory) {
            return tck.openConnectionPool(name, config, factory);
        }

        @Override
        public Optional<VirtualTime> virtualTime() {
            return tck.virtualTime();
        }
    }
}
