package org.brokertck.api.pubsub;

import java.util.Map;
import java.util.Objects;

/**
 * What an instance of a broker counted since it was opened (rule P-17).
 *
 * @param topics the counts of each topic that this instance published to or received from; unmodifiable. No more than
 *     {@link PubSubConfig#countedTopics()}, so that ever new topics cannot use up the memory
 * @param others the counts of all topics that found no room there, summed up
 * @param subscriptions how many subscriptions live now
 */
public record PubSubMetrics(Map<String, TopicCounts> topics, TopicCounts others, int subscriptions) {
    /** Checks that both are there, and isolates the map. */
    public PubSubMetrics {
        topics = Map.copyOf(Objects.requireNonNull(topics, "topics"));
        Objects.requireNonNull(others, "others");
    }

    /** The counts of one topic; none when it is not among {@link #topics()}. */
    public TopicCounts of(String topic) {
        return topics.getOrDefault(topic, TopicCounts.NONE);
    }

    /** The counts of all topics together. */
    public TopicCounts total() {
        return topics.values().stream().reduce(others, TopicCounts::plus);
    }
}
