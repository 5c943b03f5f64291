package org.brokertck.redis.partitioned;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.brokertck.adapter.partitioned.LogNames;
import org.brokertck.api.UnknownTopicException;

/** The topics that this instance has heard of. A topic never loses or changes its partitions, so what was once heard stays true. */
final class Topics {
    private final LogParts parts;
    private final LogCalls calls;
    private final Map<String, Integer> known = new ConcurrentHashMap<>();

    Topics(LogParts parts, LogCalls calls) {
        this.parts = parts;
        this.calls = calls;
    }

    void create(String topic, int partitions) {
        LogNames.require("topic", topic);
        LogNames.requirePartitions(partitions);
        parts.lifecycle().requireOpen();
        int there = calls.idempotent(
                "create topic '" + topic + "'", (link, time) -> parts.server().create(link, time, topic, partitions));
        know(topic, there);
        if (there != partitions) {
            throw new IllegalArgumentException("partitions is " + partitions + ": topic '" + topic + "' of broker '"
                    + parts.broker() + "' has " + there);
        }
    }

    /**
     * How many partitions a topic has.
     *
     * @throws UnknownTopicException when nobody created it
     */
    int partitionsOf(String topic) {
        Integer there = known.get(topic);
        if (there != null) {
            return there;
        }
        LogNames.require("topic", topic);
        int found = calls.repeatable(
                "look up topic '" + topic + "'", (link, time) -> parts.server().partitions(link, time, topic));
        if (found == 0) {
            throw unknown(topic);
        }
        know(topic, found);
        return found;
    }

    void know(String topic, int partitions) {
        parts.figures().know(topic, partitions);
        known.put(topic, partitions);
    }

    UnknownTopicException unknown(String topic) {
        return new UnknownTopicException(
                "Broker '" + parts.broker() + "' has no topic '" + topic + "': create it first.");
    }
}
