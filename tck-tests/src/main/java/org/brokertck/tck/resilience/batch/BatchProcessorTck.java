package org.brokertck.tck.resilience.batch;

import java.util.Optional;
import java.util.Set;
import org.brokertck.api.resilience.BatchConfig;
import org.brokertck.api.resilience.BatchHandler;
import org.brokertck.api.resilience.BatchProcessor;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.VirtualTime;

/**
 * All rules of the batch processor. An implementer extends this class in the tests of an own build and supplies one method; the
 * build then runs every rule that binds the implementation. A new instance is made for every test.
 */
public abstract class BatchProcessorTck
        implements BatchArgumentRules,
                BatchClosingRules,
                BatchConcurrencyRules,
                BatchInterruptRules,
                BatchIsolationRules,
                BatchReentrancyRules,
                BatchRoomRules,
                BatchSettingRules,
                BatchSizeRules,
                FailedFlushRules,
                FlushIntervalRules {
    /** For subclasses. */
    protected BatchProcessorTck() {}

    /**
     * Opens a batch processor of the implementation under test.
     *
     * @param name used for one test only
     * @param config the settings of the processor
     * @param handler takes the batches
     */
    protected abstract <T> BatchProcessor<T> openBatchProcessor(
            String name, BatchConfig config, BatchHandler<T> handler);

    /** A target on a manual clock, where there is one. */
    protected Optional<VirtualTime> virtualTime() {
        return Optional.empty();
    }

    @Override
    public ConformanceTarget target() {
        return new ExtendedTarget(this);
    }

    /** What a subclass supplies, as a target. */
    private record ExtendedTarget(BatchProcessorTck tck) implements ConformanceTarget {
        @Override
        public String name() {
            return tck.getClass().getSimpleName();
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of();
        }

        @Override
        public <T> BatchProcessor<T> openBatchProcessor(String name, BatchConfig config, BatchHandler<T> handler) {
            return tck.openBatchProcessor(name, config, handler);
        }

        @Override
        public Optional<VirtualTime> virtualTime() {
            return tck.virtualTime();
        }
    }
}
