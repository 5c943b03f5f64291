package org.brokertck.tck.faulty.pool.plain;

import org.brokertck.api.resilience.ConnectionFactory;
import org.brokertck.api.resilience.ConnectionPool;
import org.brokertck.api.resilience.PoolConfig;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.resilience.pool.ConnectionPoolTck;

/** The plain pool passes every rule, so that what fails on its variants is their fault. */
class PlainPoolTest extends ConnectionPoolTck {
    private final ConformanceTarget target = PlainTarget.of("plain", PlainPool::new);

    @Override
    public ConformanceTarget target() {
        return target;
    }

    @Override
    protected <C> ConnectionPool<C> openConnectionPool(String name, PoolConfig config, ConnectionFactory<C> factory) {
        return target.openConnectionPool(name, config, factory);
    }
}
