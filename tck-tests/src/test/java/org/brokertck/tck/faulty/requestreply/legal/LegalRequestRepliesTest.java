package org.brokertck.tck.faulty.requestreply.legal;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.faulty.LegalVariants;

/** No rule of request/reply raises a false alarm. */
class LegalRequestRepliesTest extends LegalVariants {
    LegalRequestRepliesTest() {
        super(Contract.REQUESTREPLY, LegalRequestReplies.all());
    }
}
