package org.brokertck.tck.spec;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.broker.BrokerRules;
import org.brokertck.tck.broker.MessageBrokerTck;

/** The rule tests of the message broker. */
class BrokerRuleTestsTest extends RuleTestsGuard {
    BrokerRuleTestsTest() {
        super(Contract.BROKER, BrokerRules.class, MessageBrokerTck.class);
    }
}
