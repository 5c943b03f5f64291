package org.brokertck.tck.spec;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.queue.MessageQueueTck;
import org.brokertck.tck.queue.QueueRules;

/** The rule tests of the message queue. */
class QueueRuleTestsTest extends RuleTestsGuard {
    QueueRuleTestsTest() {
        super(Contract.QUEUE, QueueRules.class, MessageQueueTck.class);
    }
}
