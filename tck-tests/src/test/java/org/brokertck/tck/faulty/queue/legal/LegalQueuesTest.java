package org.brokertck.tck.faulty.queue.legal;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.faulty.LegalVariants;

/** No rule of the message queue raises a false alarm. */
class LegalQueuesTest extends LegalVariants {
    LegalQueuesTest() {
        super(Contract.QUEUE, LegalQueues.all());
    }
}
