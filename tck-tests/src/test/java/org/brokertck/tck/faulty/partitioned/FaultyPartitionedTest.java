package org.brokertck.tck.faulty.partitioned;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.faulty.CaughtFaults;

/** Every rule of the partitioned broker catches what it must. */
class FaultyPartitionedTest extends CaughtFaults {
    FaultyPartitionedTest() {
        super(Contract.PARTITIONED, FaultyPartitioned.all());
    }
}
