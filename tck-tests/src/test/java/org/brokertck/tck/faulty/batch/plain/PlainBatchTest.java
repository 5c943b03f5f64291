package org.brokertck.tck.faulty.batch.plain;

import org.brokertck.api.resilience.BatchConfig;
import org.brokertck.api.resilience.BatchHandler;
import org.brokertck.api.resilience.BatchProcessor;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.resilience.batch.BatchProcessorTck;

/** The plain batch processor passes every rule, so that what fails on its variants is their fault. */
class PlainBatchTest extends BatchProcessorTck {
    private final ConformanceTarget target = PlainTarget.of("plain", PlainBatch::new);

    @Override
    public ConformanceTarget target() {
        return target;
    }

    @Override
    protected <T> BatchProcessor<T> openBatchProcessor(String name, BatchConfig config, BatchHandler<T> handler) {
        return target.openBatchProcessor(name, config, handler);
    }
}
