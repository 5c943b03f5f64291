package org.brokertck.tck.spec;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.resilience.pool.ConnectionPoolTck;
import org.brokertck.tck.resilience.pool.PoolRules;

/** The rule tests of the connection pool. */
class ConnectionPoolRuleTestsTest extends RuleTestsGuard {
    ConnectionPoolRuleTestsTest() {
        super(Contract.POOL, PoolRules.class, ConnectionPoolTck.class);
    }
}
