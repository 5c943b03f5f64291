package org.brokertck.tck.faulty.breaker.legal;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.faulty.LegalVariants;

/** No rule of the circuit breaker raises a false alarm. */
class LegalBreakersTest extends LegalVariants {
    LegalBreakersTest() {
        super(Contract.BREAKER, LegalBreakers.all());
    }
}
