package org.brokertck.tck.spec;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.multibroker.MultiBrokerRules;
import org.brokertck.tck.multibroker.MultiBrokerTck;

/** The rule tests of the multi-broker. */
class MultiBrokerRuleTestsTest extends RuleTestsGuard {
    MultiBrokerRuleTestsTest() {
        super(Contract.MULTIBROKER, MultiBrokerRules.class, MultiBrokerTck.class);
    }
}
