package org.brokertck.tck.targets;

import org.brokertck.api.resilience.ConnectionFactory;
import org.brokertck.api.resilience.ConnectionPool;
import org.brokertck.api.resilience.PoolConfig;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.reference.target.InMemoryTarget;
import org.brokertck.tck.resilience.pool.ConnectionPoolTck;

/** The reference passes every rule of the connection pool, tested as an implementer would test it. */
class InMemoryPoolTest extends ConnectionPoolTck {
    private final ConformanceTarget target = new InMemoryTarget();

    @Override
    public ConformanceTarget target() {
        return target;
    }

    @Override
    protected <C> ConnectionPool<C> openConnectionPool(String name, PoolConfig config, ConnectionFactory<C> factory) {
        return target.openConnectionPool(name, config, factory);
    }
}
