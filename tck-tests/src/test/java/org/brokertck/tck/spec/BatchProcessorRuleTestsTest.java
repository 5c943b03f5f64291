package org.brokertck.tck.spec;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.resilience.batch.BatchProcessorTck;
import org.brokertck.tck.resilience.batch.BatchRules;

/** The rule tests of the batch processor. */
class BatchProcessorRuleTestsTest extends RuleTestsGuard {
    BatchProcessorRuleTestsTest() {
        super(Contract.BATCH, BatchRules.class, BatchProcessorTck.class);
    }
}
