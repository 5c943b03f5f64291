package org.brokertck.tck.faulty.batch;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.faulty.CaughtFaults;

/** Every rule of the batch processor catches what it must. */
class FaultyBatchesTest extends CaughtFaults {
    FaultyBatchesTest() {
        super(Contract.BATCH, FaultyBatches.all());
    }
}
