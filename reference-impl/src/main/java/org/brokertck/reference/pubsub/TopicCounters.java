package org.brokertck.reference.pubsub;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.brokertck.api.pubsub.PubSubMetrics;
import org.brokertck.api.pubsub.TopicCounts;

/** The counters of the first so many topics, and one for all others, so that ever new topics cannot use up the memory. */
final class TopicCounters {
    private final int most;
    private final ConcurrentHashMap<String, TopicCounter> topics = new ConcurrentHashMap<>();
    private final TopicCounter others = new TopicCounter();
    /** Held while a topic is added, so that there are never too many. */
    private final Object adding = new Object();

    TopicCounters(int most) {
        this.most = most;
    }

    /** Where a topic is counted, which never changes. */
    TopicCounter of(String topic) {
        TopicCounter counter = topics.get(topic);
        return counter != null ? counter : admit(topic);
    }

    PubSubMetrics snapshot(int subscriptions) {
        Map<String, TopicCounts> counts = new HashMap<>();
        topics.forEach((topic, counter) -> counts.put(topic, counter.counts()));
        return new PubSubMetrics(counts, others.counts(), subscriptions);
    }

    private TopicCounter admit(String topic) {
        // No topic ever leaves, so it stays full once it is: no lock then.
        if (topics.size() >= most) {
            return others;
        }
        synchronized (adding) {
            return topics.size() < most
                    ? topics.computeIfAbsent(topic, it -> new TopicCounter())
                    : topics.getOrDefault(topic, others);
        }
    }
}
