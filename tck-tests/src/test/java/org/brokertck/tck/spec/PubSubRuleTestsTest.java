package org.brokertck.tck.spec;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.pubsub.PubSubBrokerTck;
import org.brokertck.tck.pubsub.PubSubRules;

/** The rule tests of publish/subscribe. */
class PubSubRuleTestsTest extends RuleTestsGuard {
    PubSubRuleTestsTest() {
        super(Contract.PUBSUB, PubSubRules.class, PubSubBrokerTck.class);
    }
}
