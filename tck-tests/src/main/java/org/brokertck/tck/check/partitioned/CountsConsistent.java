package org.brokertck.tck.check.partitioned;

import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.brokertck.api.partitioned.PartitionedMetrics;
import org.brokertck.api.partitioned.TopicMetrics;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.partitioned.BrokerSample;
import org.brokertck.tck.history.partitioned.PartitionedHistory;
import org.brokertck.tck.history.partitioned.RecordAttempt;
import org.brokertck.tck.history.partitioned.RecordAttempt.Result;
import org.brokertck.tck.history.partitioned.RecordProduce;

/**
 * Rule L-17: at any sample nothing is negative, no count has gone down, and none counts more than can have happened or less than must
 * have. For one instance, sampled by one thread.
 */
public final class CountsConsistent implements Check<PartitionedHistory> {
    @Override
    public Verdict judge(PartitionedHistory history) {
        BrokerSample before = null;
        for (BrokerSample sample : history.samples()) {
            String wrong = outOfRange(sample.metrics());
            if (!wrong.isEmpty()) {
                return Verdict.invalid(wrong, sample);
            }
            for (Map.Entry<String, TopicMetrics> topic :
                    sample.metrics().topics().entrySet()) {
                wrong = impossible(history, sample, topic.getKey(), topic.getValue());
                if (!wrong.isEmpty()) {
                    return Verdict.invalid(wrong, sample);
                }
            }
            if (before != null) {
                wrong = decreased(before.metrics(), sample.metrics());
                if (!wrong.isEmpty()) {
                    return Verdict.invalid(wrong, before, sample);
                }
            }
            before = sample;
        }
        return Verdict.valid();
    }

    /** What no history allows, in words. */
    private static String outOfRange(PartitionedMetrics m) {
        if (m.messagesPerSecond() < 0 || m.bytesPerSecond() < 0 || m.activeConnections() < 0 || m.batches() < 0) {
            return "a figure is negative: " + m;
        }
        if (!(m.errorRate() >= 0 && m.errorRate() <= 1)) {
            return "the error rate is not from 0 to 1: " + m;
        }
        boolean negative = m.avgLatency().isNegative() || m.p50Latency().isNegative();
        // Each is told to within a percent.
        boolean crossed = m.p50Latency().toNanos() > m.p99Latency().toNanos() * 1.03;
        return negative || crossed ? "latencies are negative, or the median is above p99: " + m : "";
    }

    private static String impossible(PartitionedHistory history, BrokerSample sample, String topic, TopicMetrics m) {
        List<RecordProduce> produces = history.produces().stream()
                .filter(it -> it.topic().equals(topic))
                .toList();
        List<RecordAttempt> ended = history.attempts().stream()
                .filter(it -> it.topic().equals(topic) && it.ended() <= sample.answered())
                .filter(it -> it.result() != Result.FAILED)
                .toList();
        List<RecordProduce> certain = produces.stream()
                .filter(it -> it.certainFrom() < sample.asked())
                .toList();
        List<RecordProduce> possible = produces.stream()
                .filter(it -> it.mayBeVisible() && it.invoked() <= sample.answered())
                .toList();
        return outside("messagesProduced", m.messagesProduced(), certain.size(), possible.size())
                + outside("bytesProduced", m.bytesProduced(), bytes(certain), bytes(possible))
                + outside("messagesConsumed", m.messagesConsumed(), 0, ended.size())
                + outside(
                        "bytesConsumed",
                        m.bytesConsumed(),
                        0,
                        ended.stream().mapToLong(it -> it.record().valueSize()).sum())
                + outside(
                        "partitions",
                        m.partitions(),
                        history.topics().getOrDefault(topic, 0),
                        history.topics().getOrDefault(topic, Integer.MAX_VALUE));
    }

    private static long bytes(List<RecordProduce> produces) {
        return produces.stream().mapToLong(it -> it.message().valueSize()).sum();
    }

    private static String outside(String counter, long value, long least, long most) {
        return value >= least && value <= most
                ? ""
                : "%s is %d, where by then it was from %d to %d; ".formatted(counter, value, least, most);
    }

    private static String decreased(PartitionedMetrics before, PartitionedMetrics after) {
        StringBuilder wrong = new StringBuilder();
        if (after.batches() < before.batches()) {
            wrong.append("batches went down from %d to %d; ".formatted(before.batches(), after.batches()));
        }
        before.topics().forEach((topic, m) -> {
            TopicMetrics now = after.of(topic);
            if (now == null) {
                wrong.append("topic %s is no longer told; ".formatted(topic));
                return;
            }
            down(wrong, "messagesProduced", TopicMetrics::messagesProduced, m, now);
            down(wrong, "messagesConsumed", TopicMetrics::messagesConsumed, m, now);
            down(wrong, "bytesProduced", TopicMetrics::bytesProduced, m, now);
            down(wrong, "bytesConsumed", TopicMetrics::bytesConsumed, m, now);
        });
        return wrong.toString();
    }

    private static void down(
            StringBuilder wrong,
            String counter,
            ToLongFunction<TopicMetrics> value,
            TopicMetrics before,
            TopicMetrics after) {
        if (value.applyAsLong(after) < value.applyAsLong(before)) {
            wrong.append("%s went down from %d to %d; "
                    .formatted(counter, value.applyAsLong(before), value.applyAsLong(after)));
        }
    }
}
