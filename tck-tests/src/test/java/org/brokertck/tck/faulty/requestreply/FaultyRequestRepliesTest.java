package org.brokertck.tck.faulty.requestreply;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.faulty.CaughtFaults;

/** Every rule of request/reply catches what it must. */
class FaultyRequestRepliesTest extends CaughtFaults {
    FaultyRequestRepliesTest() {
        super(Contract.REQUESTREPLY, FaultyRequestReplies.all());
    }
}
