package org.brokertck.tck.requestreply;

import org.brokertck.api.requestreply.RequestReplyConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.Contract;
import org.brokertck.tck.run.RuleTests;
import org.brokertck.tck.time.TckTimeouts;

/** What all rule tests of request/reply share: how they open an instance, and how long they wait. */
public interface RequestReplyRules extends RuleTests {
    @Override
    default Contract contract() {
        return Contract.REQUESTREPLY;
    }

    /** The waits and tolerances in force. */
    default TckTimeouts timeouts() {
        return TckTimeouts.current();
    }

    /** Waits that no test means to use up. */
    default RequestReplyConfig.Builder config() {
        return RequestReplyConfig.builder()
                .timeout(timeouts().await())
                .drainTimeout(timeouts().await());
    }

    /** Whether a server stands behind the target, so that each call costs a round trip. */
    default boolean isRemote() {
        return target().capabilities().contains(Capability.REMOTE);
    }
}
