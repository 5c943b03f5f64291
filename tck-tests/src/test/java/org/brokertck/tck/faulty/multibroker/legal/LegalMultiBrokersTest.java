package org.brokertck.tck.faulty.multibroker.legal;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.faulty.LegalVariants;

/** No rule of the multi-broker raises a false alarm. */
class LegalMultiBrokersTest extends LegalVariants {
    LegalMultiBrokersTest() {
        super(Contract.MULTIBROKER, LegalMultiBrokers.all());
    }
}
