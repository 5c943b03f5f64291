package org.brokertck.tck.check.partitioned;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.brokertck.api.partitioned.TopicMetrics;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.Outcome;
import org.brokertck.tck.history.partitioned.BrokerSample;
import org.brokertck.tck.history.partitioned.PartitionedHistory;
import org.brokertck.tck.history.partitioned.RecordAttempt;
import org.brokertck.tck.history.partitioned.RecordProduce;

/** Rule L-17: the last sample, taken at quiescence, counts by topic exactly what happened. For one instance, of which no member was abandoned. */
public final class CountsExact implements Check<PartitionedHistory> {
    @Override
    public Verdict judge(PartitionedHistory history) {
        if (history.produces().stream().anyMatch(it -> it.mayBeVisible() && it.outcome() != Outcome.OK)) {
            return Verdict.inconclusive("the outcome of a produce is unknown, so its count is too");
        }
        List<BrokerSample> samples = history.samples();
        if (!history.settled() || samples.isEmpty()) {
            return Verdict.inconclusive("the broker never came to rest, so there are no final figures");
        }
        BrokerSample last = samples.get(samples.size() - 1);
        Map<String, TopicMetrics> told = new TreeMap<>(last.metrics().topics());
        Map<String, TopicMetrics> expected = expected(history);
        return told.equals(expected)
                ? Verdict.valid()
                : Verdict.invalid("at rest the metrics say %s where %s happened".formatted(told, expected), last);
    }

    private static Map<String, TopicMetrics> expected(PartitionedHistory history) {
        Map<String, TopicMetrics> expected = new TreeMap<>();
        history.topics().forEach((topic, partitions) -> {
            List<RecordProduce> produced = history.produces().stream()
                    .filter(it -> it.isAcknowledged() && it.topic().equals(topic))
                    .toList();
            List<RecordAttempt> consumed = history.attempts().stream()
                    .filter(it -> it.succeeded() && it.topic().equals(topic))
                    .toList();
            expected.put(
                    topic,
                    new TopicMetrics(
                            partitions,
                            produced.size(),
                            consumed.size(),
                            produced.stream()
                                    .mapToLong(it -> it.message().valueSize())
                                    .sum(),
                            consumed.stream()
                                    .mapToLong(it -> it.record().valueSize())
                                    .sum()));
        });
        return expected;
    }
}
