package org.brokertck.tck.faulty.pool.legal;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.faulty.LegalVariants;

/** No rule of the connection pool raises a false alarm. */
class LegalPoolsTest extends LegalVariants {
    LegalPoolsTest() {
        super(Contract.POOL, LegalPools.all());
    }
}
