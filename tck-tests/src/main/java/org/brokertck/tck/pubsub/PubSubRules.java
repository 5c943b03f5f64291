package org.brokertck.tck.pubsub;

import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.Contract;
import org.brokertck.tck.run.RuleTests;
import org.brokertck.tck.time.TckTimeouts;

/** What all rule tests of publish/subscribe share: how they open a broker, and how long they wait. */
public interface PubSubRules extends RuleTests {
    @Override
    default Contract contract() {
        return Contract.PUBSUB;
    }

    /** The waits and tolerances in force. */
    default TckTimeouts timeouts() {
        return TckTimeouts.current();
    }

    /** Buffers that no test fills unless it means to, and waits that no test means to use up. */
    default PubSubConfig.Builder config() {
        return PubSubConfig.builder().bufferCapacity(10_000).timeout(timeouts().await());
    }

    /** Whether a server stands behind the target, so that each call costs a round trip. */
    default boolean isRemote() {
        return target().capabilities().contains(Capability.REMOTE);
    }
}
