package org.brokertck.tck.faulty.batch.plain;

import java.util.Optional;
import org.brokertck.api.resilience.BatchConfig;
import org.brokertck.api.resilience.BatchHandler;
import org.brokertck.api.resilience.BatchProcessor;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;
import org.brokertck.reference.time.VirtualClock;
import org.jspecify.annotations.Nullable;

/** A target that opens plain batch processors, or variants of them, on the system's time and on a clock. */
public record PlainTarget(String name, @Nullable TimeSource time, Batches batches) implements ConformanceTarget {
    /** Makes processors of whatever items. */
    @FunctionalInterface
    public interface Batches {
        /** A processor of items whose type it does not know; not started yet. */
        PlainBatch open(Opening opening);
    }

    /**
     * All that a processor is opened with.
     *
     * @param name its name
     * @param config its settings
     * @param handler takes the batches
     * @param time its time
     */
    public record Opening(String name, BatchConfig config, BatchHandler<Object> handler, TimeSource time) {}

    /** A target on either time. */
    public static PlainTarget of(String name, Batches batches) {
        return new PlainTarget(name, null, batches);
    }

    @Override
    @SuppressWarnings("unchecked") // The processor hands on what was added.
    public <T> BatchProcessor<T> openBatchProcessor(String processor, BatchConfig config, BatchHandler<T> handler) {
        TimeSource source = time == null ? new SystemTimeSource("plain-" + processor + "-unused") : time;
        PlainBatch opened =
                batches.open(new Opening(processor, config, (BatchHandler<Object>) (BatchHandler<?>) handler, source));
        return (BatchProcessor<T>) opened.started();
    }

    @Override
    public Optional<VirtualTime> virtualTime() {
        VirtualClock clock = new VirtualClock();
        return Optional.of(new VirtualTime(new PlainTarget(name, clock, batches), clock));
    }
}
