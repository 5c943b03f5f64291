package org.brokertck.tck.faulty.partitioned.legal;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.faulty.LegalVariants;

/** No rule of the partitioned broker raises a false alarm. */
class LegalPartitionedTest extends LegalVariants {
    LegalPartitionedTest() {
        super(Contract.PARTITIONED, LegalPartitioned.all());
    }
}
