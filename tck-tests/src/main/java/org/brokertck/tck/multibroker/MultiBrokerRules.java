package org.brokertck.tck.multibroker;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.run.RuleTests;
import org.brokertck.tck.time.TckTimeouts;

/** What all rule tests of the multi-broker share. */
public interface MultiBrokerRules extends RuleTests {
    @Override
    default Contract contract() {
        return Contract.MULTIBROKER;
    }

    /** The waits and tolerances in force. */
    default TckTimeouts timeouts() {
        return TckTimeouts.current();
    }
}
