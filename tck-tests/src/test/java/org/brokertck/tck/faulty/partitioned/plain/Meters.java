package org.brokertck.tck.faulty.partitioned.plain;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;
import org.brokertck.api.partitioned.PartitionedMetrics;
import org.brokertck.api.partitioned.TopicMetrics;

/** What an instance counted. Used only under the lock of its store. */
public final class Meters {
    private static final double GROWTH = Math.log(1.005);
    private static final int SHARES_OF_A_WINDOW = 1_000;

    /** Batches sent. */
    public long batches;

    /** The sum of all latencies. */
    public long latencyNanos;

    /** How many those are. */
    public long latencies;

    private final long windowNanos;
    private final Map<String, Counts> topics = new TreeMap<>();
    private final ArrayDeque<Share> window = new ArrayDeque<>();
    private final long[] histogram = new long[16_384];

    Meters(Duration window) {
        this.windowNanos = window.toNanos();
    }

    /** The counters of one topic. */
    public static final class Counts {
        /** Records produced. */
        public long produced;

        /** Records handled. */
        public long consumed;

        /** Bytes produced. */
        public long bytesProduced;

        /** Bytes handled. */
        public long bytesConsumed;
    }

    /** What happened in a short time. */
    public static final class Share {
        /** Records produced. */
        public long records;

        /** Their bytes. */
        public long bytes;

        /** Produces and attempts. */
        public long calls;

        /** Those that failed. */
        public long failures;

        private final long startNanos;

        Share(long startNanos) {
            this.startNanos = startNanos;
        }

        private void add(Share other) {
            records += other.records;
            bytes += other.bytes;
            calls += other.calls;
            failures += other.failures;
        }
    }

    /** The counters of that topic. */
    public Counts of(String topic) {
        return topics.computeIfAbsent(topic, it -> new Counts());
    }

    /** Where to count what happens now. */
    public Share now(long nanos) {
        Share last = window.peekLast();
        if (last == null || nanos - last.startNanos > windowNanos / SHARES_OF_A_WINDOW) {
            last = new Share(nanos);
            window.addLast(last);
        }
        forget(nanos);
        return last;
    }

    /** A produce took that long. */
    public void took(long nanos) {
        latencyNanos += nanos;
        latencies++;
        histogram[nanos < 1 ? 0 : 1 + (int) (Math.log((double) nanos) / GROWTH)]++;
    }

    /** All figures. */
    public PartitionedMetrics snapshot(long nanos, int connections, Map<String, Integer> partitions) {
        forget(nanos);
        Share sum = new Share(nanos);
        window.forEach(sum::add);
        double seconds = windowNanos / 1e9;
        Map<String, TopicMetrics> counts = new TreeMap<>();
        partitions.forEach((topic, size) -> {
            Counts of = of(topic);
            counts.put(topic, new TopicMetrics(size, of.produced, of.consumed, of.bytesProduced, of.bytesConsumed));
        });
        return new PartitionedMetrics(
                sum.records / seconds,
                sum.bytes / seconds,
                Duration.ofNanos(latencies == 0 ? 0 : latencyNanos / latencies),
                percentile(0.5),
                percentile(0.99),
                sum.calls == 0 ? 0 : (double) sum.failures / sum.calls,
                connections,
                batches,
                counts);
    }

    private void forget(long nanos) {
        while (!window.isEmpty() && nanos - window.getFirst().startNanos >= windowNanos) {
            window.removeFirst();
        }
    }

    private Duration percentile(double share) {
        long rank = (long) Math.ceil(share * latencies);
        long seen = 0;
        for (int i = 0; i < histogram.length; i++) {
            seen += histogram[i];
            if (seen >= rank) {
                return Duration.ofNanos(i == 0 ? 0 : (long) Math.exp((i - 0.5) * GROWTH));
            }
        }
        throw new IllegalStateException("fewer latencies than were counted");
    }
}
