package org.brokertck.tck.targets;

import org.brokertck.api.resilience.BatchConfig;
import org.brokertck.api.resilience.BatchHandler;
import org.brokertck.api.resilience.BatchProcessor;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.reference.target.InMemoryTarget;
import org.brokertck.tck.resilience.batch.BatchProcessorTck;

/** The reference passes every rule of the batch processor, tested as an implementer would test it. */
class InMemoryBatchTest extends BatchProcessorTck {
    private final ConformanceTarget target = new InMemoryTarget();

    @Override
    public ConformanceTarget target() {
        return target;
    }

    @Override
    protected <T> BatchProcessor<T> openBatchProcessor(String name, BatchConfig config, BatchHandler<T> handler) {
        return target.openBatchProcessor(name, config, handler);
    }
}
