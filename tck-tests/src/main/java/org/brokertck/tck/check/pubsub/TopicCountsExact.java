package org.brokertck.tck.check.pubsub;

import java.util.Set;
import java.util.TreeSet;
import org.brokertck.api.pubsub.PubSubMetrics;
import org.brokertck.api.pubsub.TopicCounts;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.Outcome;
import org.brokertck.tck.history.pubsub.PubSubHistory;
import org.brokertck.tck.history.pubsub.TopicsSample;

/**
 * Rule P-17: at rest the last reading of the metrics tells what the history tells: published and delivered per topic, all that was
 * dropped, and how many subscriptions live.
 */
public final class TopicCountsExact implements Check<PubSubHistory> {
    @Override
    public Verdict judge(PubSubHistory history) {
        if (history.samples().isEmpty()) {
            return Verdict.inconclusive("the metrics were never read");
        }
        if (history.publishes().stream()
                .anyMatch(it -> it.outcome() == Outcome.UNKNOWN || it.outcome() == Outcome.PENDING)) {
            return Verdict.inconclusive("the outcome of a publish is unknown, so that nobody can count");
        }
        TopicsSample last = history.samples().get(history.samples().size() - 1);
        PubSubMetrics metrics = last.metrics();
        Set<String> topics = new TreeSet<>(metrics.topics().keySet());
        history.publishes().forEach(it -> topics.add(it.topic()));
        for (String topic : topics) {
            TopicCounts counts = metrics.of(topic);
            long published = history.publishes().stream()
                    .filter(it -> it.certain() && it.topic().equals(topic))
                    .count();
            long delivered = history.takes().stream()
                    .filter(it -> it.message().topic().equals(topic))
                    .count();
            if (counts.published() != published || counts.delivered() != delivered) {
                return Verdict.invalid(
                        "at rest the metrics of '%s' say %s, where %d were published and %d taken"
                                .formatted(topic, counts, published, delivered),
                        last);
            }
        }
        return totals(history, last);
    }

    private static Verdict totals(PubSubHistory history, TopicsSample last) {
        PubSubMetrics metrics = last.metrics();
        long dropped =
                history.subscriptions().stream().mapToLong(it -> it.dropped()).sum();
        if (metrics.total().dropped() != dropped) {
            return Verdict.invalid(
                    "at rest the metrics say that %d were dropped, the subscriptions say %d"
                            .formatted(metrics.total().dropped(), dropped),
                    last);
        }
        long live = history.subscriptions().stream()
                .filter(it -> it.reason().isEmpty())
                .count();
        if (metrics.subscriptions() != live) {
            return Verdict.invalid(
                    "at rest the metrics say that %d subscriptions live, and %d do"
                            .formatted(metrics.subscriptions(), live),
                    last);
        }
        return Verdict.valid();
    }
}
