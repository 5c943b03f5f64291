package org.brokertck.tck.faulty.batch.legal;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.faulty.LegalVariants;

/** No rule of the batch processor raises a false alarm. */
class LegalBatchesTest extends LegalVariants {
    LegalBatchesTest() {
        super(Contract.BATCH, LegalBatches.all());
    }
}
