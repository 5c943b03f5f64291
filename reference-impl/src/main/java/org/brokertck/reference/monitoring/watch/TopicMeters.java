package org.brokertck.reference.monitoring.watch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.brokertck.api.partitioned.PartitionedMetrics;
import org.brokertck.api.partitioned.StartFrom;

/** The topics of one partitioned broker, by what the broker itself counts and by what its groups do. */
final class TopicMeters implements Meter {
    private final BrokerWatch watch;
    private final Supplier<PartitionedMetrics> metrics;
    private final Map<String, TopicMeter> topics = new ConcurrentHashMap<>();

    TopicMeters(BrokerWatch watch, Supplier<PartitionedMetrics> metrics) {
        this.watch = watch;
        this.metrics = metrics;
    }

    PartitionLanes lanes(String topic, String group, StartFrom startFrom) {
        long skipped = startFrom == StartFrom.LATEST ? metrics.get().of(topic).messagesProduced() : 0;
        return meter(topic).group(group, skipped);
    }

    private TopicMeter meter(String topic) {
        return topics.computeIfAbsent(topic, it -> new TopicMeter(watch, it));
    }

    @Override
    public void handOn() {
        topics.values().forEach(TopicMeter::handOnAttempts);
        metrics.get().topics().forEach((topic, counts) -> meter(topic).handOn(counts));
    }
}
