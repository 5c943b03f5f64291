package org.brokertck.rabbitmq.queue;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.brokertck.api.queue.QueueMetrics;

/**
 * What one instance counts. A message is counted as produced before it can be counted as anything else, and leaves one
 * figure before it enters the next; {@link #snapshot} reads the other way round, so that no sample counts a message twice
 * (rule Q-19).
 */
final class Counters {
    private final LongAdder produced = new LongAdder();
    private final LongAdder consumed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final AtomicLong inFlight = new AtomicLong();
    private volatile long deadLetters;

    void produced() {
        produced.increment();
    }

    void consumed() {
        consumed.increment();
    }

    void failed() {
        failed.increment();
    }

    void handlerStarts() {
        inFlight.incrementAndGet();
    }

    void handlerEnded() {
        inFlight.decrementAndGet();
    }

    /** Keeps the last figure that the server gave, for the time after closing. */
    void deadLetters(long parked) {
        deadLetters = parked;
    }

    /** The figures now. The dead letters must have been read from the server just before, with no redrive since. */
    QueueMetrics snapshot() {
        long parkedNow = deadLetters;
        long consumedNow = consumed.sum();
        long failedNow = failed.sum();
        long inFlightNow = inFlight.get();
        return new QueueMetrics(produced.sum(), consumedNow, failedNow, inFlightNow, parkedNow);
    }
}
