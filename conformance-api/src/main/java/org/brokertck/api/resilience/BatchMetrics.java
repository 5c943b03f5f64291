package org.brokertck.api.resilience;

/**
 * The figures of a batch processor at one moment.
 *
 * @param added items that were added so far
 * @param flushed items whose flush succeeded; those added and not flushed are still there
 * @param batches flushes that succeeded
 * @param failures flushes that failed
 */
public record BatchMetrics(long added, long flushed, long batches, long failures) {}
