package org.brokertck.tck.spec;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.requestreply.RequestReplyRules;
import org.brokertck.tck.requestreply.RequestReplyTck;

/** The rule tests of request/reply. */
class RequestReplyRuleTestsTest extends RuleTestsGuard {
    RequestReplyRuleTestsTest() {
        super(Contract.REQUESTREPLY, RequestReplyRules.class, RequestReplyTck.class);
    }
}
