package org.brokertck.tck.resilience.pool;

import java.time.Duration;
import org.brokertck.api.resilience.PoolConfig;
import org.brokertck.api.target.Contract;
import org.brokertck.tck.run.RuleTests;
import org.brokertck.tck.time.TckTimeouts;

/** What all rule tests of the connection pool share. */
public interface PoolRules extends RuleTests {
    @Override
    default Contract contract() {
        return Contract.POOL;
    }

    /** The waits and tolerances in force. */
    default TckTimeouts timeouts() {
        return TckTimeouts.current();
    }

    /** Two connections that no test waits for or lets grow old unless it means to. */
    default PoolConfig.Builder config() {
        return PoolConfig.builder()
                .maxSize(2)
                .borrowTimeout(timeouts().recovery())
                .idleTimeout(Duration.ofDays(1))
                .drainTimeout(timeouts().await());
    }
}
