package org.brokertck.tck.check.pubsub;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brokertck.api.pubsub.TopicCounts;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.pubsub.PubSubHistory;
import org.brokertck.tck.history.pubsub.TopicsSample;

/**
 * Rule P-17 under load: no reading tells of more publishes or deliveries than had begun by then, and none of less than one that was
 * finished before it was asked for.
 */
public final class TopicCountsSteady implements Check<PubSubHistory> {
    @Override
    public Verdict judge(PubSubHistory history) {
        Map<String, TopicsSample> before = new HashMap<>();
        for (TopicsSample sample : history.samples()) {
            Set<String> topics = new HashSet<>(sample.metrics().topics().keySet());
            topics.addAll(before.keySet());
            for (String topic : topics) {
                TopicCounts counts = sample.metrics().of(topic);
                TopicsSample last = before.get(topic);
                TopicCounts least = last == null || last.answered() > sample.asked()
                        ? TopicCounts.NONE
                        : last.metrics().of(topic);
                if (isLess(counts, least)) {
                    return Verdict.invalid(
                            "the metrics of '%s' went back from %s to %s".formatted(topic, least, counts),
                            last == null ? List.of(sample) : List.of(last, sample));
                }
                Verdict ahead = notAhead(history, sample, topic, counts);
                if (!(ahead instanceof Verdict.Valid)) {
                    return ahead;
                }
                before.put(topic, sample);
            }
        }
        return Verdict.valid();
    }

    private static boolean isLess(TopicCounts now, TopicCounts least) {
        return now.published() < least.published()
                || now.delivered() < least.delivered()
                || now.dropped() < least.dropped();
    }

    private static Verdict notAhead(PubSubHistory history, TopicsSample sample, String topic, TopicCounts counts) {
        long published = history.publishes().stream()
                .filter(it -> it.mayArrive() && it.topic().equals(topic) && it.invoked() < sample.answered())
                .count();
        long delivered = history.takes().stream()
                .filter(it -> it.message().topic().equals(topic) && it.invoked() < sample.answered())
                .count();
        return counts.published() <= published && counts.delivered() <= delivered
                ? Verdict.valid()
                : Verdict.invalid(
                        "the metrics of '%s' say %s, when no more than %d publishes and %d takes had begun"
                                .formatted(topic, counts, published, delivered),
                        sample);
    }
}
