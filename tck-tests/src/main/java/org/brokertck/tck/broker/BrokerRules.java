package org.brokertck.tck.broker;

import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.Contract;
import org.brokertck.tck.run.RuleTests;
import org.brokertck.tck.time.TckTimeouts;

/** What all rule tests of the message broker share: how they open one, and how long they wait. */
public interface BrokerRules extends RuleTests {
    @Override
    default Contract contract() {
        return Contract.BROKER;
    }

    /** The waits and tolerances in force. */
    default TckTimeouts timeouts() {
        return TckTimeouts.current();
    }

    /** Room that no test fills unless it means to, and waits that no test means to use up. */
    default BrokerConfig.Builder config() {
        return BrokerConfig.builder()
                .produceTimeout(timeouts().await())
                .healthTimeout(timeouts().tolerance())
                .degradedAfter(timeouts().tolerance())
                .drainTimeout(timeouts().await());
    }

    /** Whether a server stands behind the target, so that each call costs a round trip. */
    default boolean isRemote() {
        return target().capabilities().contains(Capability.REMOTE);
    }
}
