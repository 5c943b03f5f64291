package org.brokertck.reference.partitioned;

import java.util.concurrent.atomic.LongAdder;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.reference.internal.RetryDelays;
import org.brokertck.reference.time.TimeSource;

/**
 * What all parts of one broker share and none of them changes.
 *
 * @param name of the broker
 * @param config its settings
 * @param time all the time it knows
 * @param delays between attempts
 * @param completions completes futures
 * @param failedProduces counts what was refused
 * @param rates what happened lately
 * @param latencies how long produces took
 */
record Surroundings(
        String name,
        PartitionedConfig config,
        TimeSource time,
        RetryDelays delays,
        Completions completions,
        LongAdder failedProduces,
        Rates rates,
        Latencies latencies) {
    /** Whether records wait for others to be sent with. */
    boolean lingers() {
        return !config.linger().isZero();
    }

    /** Counts a produce that was refused. */
    void produceFailed() {
        rates.tick(time.millis());
        failedProduces.increment();
    }
}
