package org.brokertck.tck.spec;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.codec.CodecRules;
import org.brokertck.tck.codec.MessageCodecTck;

/** The rule tests of the message codec. */
class MessageCodecRuleTestsTest extends RuleTestsGuard {
    MessageCodecRuleTestsTest() {
        super(Contract.CODEC, CodecRules.class, MessageCodecTck.class);
    }
}
