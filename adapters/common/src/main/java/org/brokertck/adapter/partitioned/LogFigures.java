package org.brokertck.adapter.partitioned;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;
import org.brokertck.api.partitioned.PartitionedMetrics;
import org.brokertck.api.partitioned.TopicMetrics;

/** What one instance of a partitioned broker counts (rule L-17). Safe for use by several threads. */
public final class LogFigures {
    private static final int MESSAGES = 0;
    private static final int BYTES = 1;
    private static final int TRIES = 2;
    private static final int FAILURES = 3;
    private static final int QUANTITIES = 4;

    /** Latencies over this are counted as this, so that the histogram stays small. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final RateWindow window;
    private final Histogram latencies = new SynchronizedHistogram(LONGEST.toNanos(), 3);
    private final LongAdder latencySum = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final Map<String, Topic> topics = new ConcurrentHashMap<>();

    /** @param rateWindow how far the rates look back */
    public LogFigures(Duration rateWindow) {
        this(rateWindow, System::nanoTime);
    }

    LogFigures(Duration rateWindow, LongSupplier nanoTime) {
        this.window = new RateWindow(rateWindow, QUANTITIES, nanoTime);
    }

    /** The instance came to know a topic, which its figures name from now on. */
    public void know(String topic, int partitions) {
        topics.putIfAbsent(topic, new Topic(partitions));
    }

    /**
     * A record was produced to a known topic.
     *
     * @param bytes of its value
     * @param nanos how long the call took, or the time from the call to the end of its future
     */
    public void produced(String topic, int bytes, long nanos) {
        Topic counts = topics.get(topic);
        if (counts != null) {
            counts.messagesProduced.increment();
            counts.bytesProduced.add(bytes);
        }
        window.add(MESSAGES, 1);
        window.add(BYTES, bytes);
        window.add(TRIES, 1);
        long bounded = Math.max(0, Math.min(nanos, LONGEST.toNanos()));
        latencies.recordValue(bounded);
        latencySum.add(bounded);
    }

    /** A produce failed, whether it was refused or its outcome is unknown. */
    public void produceFailed() {
        window.add(TRIES, 1);
        window.add(FAILURES, 1);
    }

    /** A batch was sent. */
    public void batch() {
        batches.increment();
    }

    /** A handler succeeded with a record. */
    public void consumed(String topic, int bytes) {
        Topic counts = topics.get(topic);
        if (counts != null) {
            counts.messagesConsumed.increment();
            counts.bytesConsumed.add(bytes);
        }
        window.add(TRIES, 1);
    }

    /** A handler failed with a record. */
    public void attemptFailed() {
        window.add(TRIES, 1);
        window.add(FAILURES, 1);
    }

    /** The figures now. */
    public PartitionedMetrics sample(int activeConnections) {
        Map<String, TopicMetrics> counts = new HashMap<>();
        topics.forEach((name, topic) -> counts.put(name, topic.sample()));
        long tries = window.sum(TRIES);
        long measured = latencies.getTotalCount();
        return new PartitionedMetrics(
                window.perSecond(MESSAGES),
                window.perSecond(BYTES),
                Duration.ofNanos(measured == 0 ? 0 : latencySum.sum() / measured),
                Duration.ofNanos(latencies.getValueAtPercentile(50)),
                Duration.ofNanos(latencies.getValueAtPercentile(99)),
                tries == 0 ? 0 : Math.min(1, (double) window.sum(FAILURES) / tries),
                activeConnections,
                batches.sum(),
                counts);
    }

    private static final class Topic {
        private final int partitions;
        private final LongAdder messagesProduced = new LongAdder();
        private final LongAdder messagesConsumed = new LongAdder();
        private final LongAdder bytesProduced = new LongAdder();
        private final LongAdder bytesConsumed = new LongAdder();

        Topic(int partitions) {
            this.partitions = partitions;
        }

        /** What is consumed is read first: no sample shows more of it than was produced by then. */
        TopicMetrics sample() {
            long consumed = messagesConsumed.sum();
            long bytes = bytesConsumed.sum();
            return new TopicMetrics(partitions, messagesProduced.sum(), consumed, bytesProduced.sum(), bytes);
        }
    }
}
