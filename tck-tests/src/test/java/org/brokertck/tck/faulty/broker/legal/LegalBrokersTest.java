package org.brokertck.tck.faulty.broker.legal;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.faulty.LegalVariants;

/** No rule of the message broker raises a false alarm. */
class LegalBrokersTest extends LegalVariants {
    LegalBrokersTest() {
        super(Contract.BROKER, LegalBrokers.all());
    }
}
