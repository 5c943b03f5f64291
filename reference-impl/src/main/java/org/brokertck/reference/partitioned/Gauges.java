package org.brokertck.reference.partitioned;

import java.util.HashMap;
import java.util.Map;
import org.brokertck.api.partitioned.PartitionedMetrics;
import org.brokertck.api.partitioned.TopicMetrics;

/** Puts the metrics together from what the parts count for themselves (rule L-17). */
final class Gauges {
    private final Surroundings around;
    private final Topics topics;

    Gauges(Surroundings around, Topics topics) {
        this.around = around;
        this.topics = topics;
    }

    PartitionedMetrics metrics() {
        Totals recent = around.rates().withinWindow(around.time().millis());
        double seconds = around.config().rateWindow().toNanos() / 1e9;
        return new PartitionedMetrics(
                recent.produced() / seconds,
                recent.bytes() / seconds,
                around.latencies().mean(),
                around.latencies().percentile(50),
                around.latencies().percentile(99),
                recent.tries() == 0 ? 0 : (double) recent.failures() / recent.tries(),
                members(),
                batches(),
                perTopic());
    }

    private int members() {
        return topics.all().stream()
                .flatMap(topic -> topic.groups().stream())
                .mapToInt(Group::size)
                .sum();
    }

    private long batches() {
        return topics.all().stream().mapToLong(Topic::batches).sum();
    }

    private Map<String, TopicMetrics> perTopic() {
        Map<String, TopicMetrics> metrics = new HashMap<>();
        topics.all().forEach(topic -> metrics.put(topic.name(), topic.metrics()));
        return metrics;
    }
}
