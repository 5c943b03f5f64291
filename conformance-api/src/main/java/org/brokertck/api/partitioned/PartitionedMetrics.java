package org.brokertck.api.partitioned;

import java.time.Duration;
import java.util.Map;

/**
 * The figures of an instance of a broker (rule L-17).
 *
 * @param messagesPerSecond records produced over the last {@link PartitionedConfig#rateWindow()}, divided by its length
 * @param bytesPerSecond the bytes of their values, likewise
 * @param avgLatency the mean time that a produce took, since the broker was opened; may rest on samples
 * @param p50Latency the median of it, to within 1 %
 * @param p99Latency what 99 of 100 stayed within, to within 1 %
 * @param errorRate the share of produces and attempts by handlers that failed over the window, from 0 to 1
 * @param activeConnections open connections to the server; where there is none, members of groups
 * @param batches batches sent: with no more of them than records, and fewer under load (rule L-14)
 * @param topics by name; unmodifiable
 */
public record PartitionedMetrics(
        double messagesPerSecond,
        double bytesPerSecond,
        Duration avgLatency,
        Duration p50Latency,
        Duration p99Latency,
        double errorRate,
        int activeConnections,
        long batches,
        Map<String, TopicMetrics> topics) {
    /** Isolates the map. */
    public PartitionedMetrics {
        topics = Map.copyOf(topics);
    }

    /** The figures of one topic; {@link TopicMetrics#NONE} when it does not exist. */
    public TopicMetrics of(String topic) {
        return topics.getOrDefault(topic, TopicMetrics.NONE);
    }
}
