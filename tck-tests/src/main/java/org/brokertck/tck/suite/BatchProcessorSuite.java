package org.brokertck.tck.suite;

import org.brokertck.api.resilience.BatchConfig;
import org.brokertck.api.resilience.BatchHandler;
import org.brokertck.api.resilience.BatchProcessor;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.resilience.batch.BatchProcessorTck;
import org.brokertck.tck.run.CurrentTarget;

/** All rule tests of the batch processor, against {@link CurrentTarget}. */
public final class BatchProcessorSuite extends BatchProcessorTck {
    @Override
    public ConformanceTarget target() {
        return CurrentTarget.get();
    }

    @Override
    protected <T> BatchProcessor<T> openBatchProcessor(String name, BatchConfig config, BatchHandler<T> handler) {
        return target().openBatchProcessor(name, config, handler);
    }
}
