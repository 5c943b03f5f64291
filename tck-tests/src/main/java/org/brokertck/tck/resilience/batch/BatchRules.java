package org.brokertck.tck.resilience.batch;

import java.time.Duration;
import org.brokertck.api.resilience.BatchConfig;
import org.brokertck.api.target.Contract;
import org.brokertck.tck.run.RuleTests;
import org.brokertck.tck.time.TckTimeouts;

/** What all rule tests of the batch processor share. */
public interface BatchRules extends RuleTests {
    @Override
    default Contract contract() {
        return Contract.BATCH;
    }

    /** The waits and tolerances in force. */
    default TckTimeouts timeouts() {
        return TckTimeouts.current();
    }

    /** Batches of three, which no interval completes and which are repeated at once, with room for all that any test adds. */
    default BatchConfig.Builder config() {
        return BatchConfig.builder()
                .batchSize(3)
                .flushInterval(Duration.ofDays(1))
                .capacity(100_000)
                .addTimeout(timeouts().recovery())
                .retryDelay(Duration.ofMillis(1))
                .drainTimeout(timeouts().await());
    }
}
