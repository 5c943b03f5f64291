package org.brokertck.tck.partitioned;

import java.time.Duration;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.Contract;
import org.brokertck.tck.run.RuleTests;
import org.brokertck.tck.time.TckTimeouts;

/** What all rule tests of the partitioned broker share: how they open a broker, and how long they wait. */
public interface PartitionedRules extends RuleTests {
    @Override
    default Contract contract() {
        return Contract.PARTITIONED;
    }

    /** The waits and tolerances in force. */
    default TckTimeouts timeouts() {
        return TckTimeouts.current();
    }

    /**
     * Short delays, and waits that no test means to use up. A drain lasts longer than a test waits for a shutdown, so that one that
     * waits in vain is seen to.
     */
    default PartitionedConfig.Builder config() {
        return PartitionedConfig.builder()
                .backoff(Backoff.exponential(Duration.ofMillis(1), 2, Duration.ofMillis(5)))
                .deliveryLimit(3)
                .produceTimeout(timeouts().await())
                .drainTimeout(timeouts().await().multipliedBy(2));
    }

    /** Whether the target makes this claim. */
    default boolean claims(Capability capability) {
        return target().capabilities().contains(capability);
    }

    /** One number in memory, and another where each record costs a round trip to a server. */
    default int scaled(int inMemory, int remote) {
        return claims(Capability.REMOTE) ? remote : inMemory;
    }
}
