package org.brokertck.tck.suite;

import org.brokertck.api.resilience.ConnectionFactory;
import org.brokertck.api.resilience.ConnectionPool;
import org.brokertck.api.resilience.PoolConfig;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.resilience.pool.ConnectionPoolTck;
import org.brokertck.tck.run.CurrentTarget;

/** All rule tests of the connection pool, against {@link CurrentTarget}. */
public final class ConnectionPoolSuite extends ConnectionPoolTck {
    @Override
    public ConformanceTarget target() {
        return CurrentTarget.get();
    }

    @Override
    protected <C> ConnectionPool<C> openConnectionPool(String name, PoolConfig config, ConnectionFactory<C> factory) {
        return target().openConnectionPool(name, config, factory);
    }
}
