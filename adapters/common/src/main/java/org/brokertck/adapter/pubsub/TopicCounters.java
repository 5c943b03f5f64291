package org.brokertck.adapter.pubsub;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.brokertck.api.pubsub.PubSubMetrics;
import org.brokertck.api.pubsub.TopicCounts;

/** Exact counts per topic, for so many topics at most; those of all further ones are summed up (rule P-17). */
public final class TopicCounters {
    private final int most;
    private final Map<String, Counter> topics = new ConcurrentHashMap<>();
    private final Counter others = new Counter();
    private final ReentrantLock growing = new ReentrantLock();

    /** @param most how many topics are told apart; 1 or more */
    public TopicCounters(int most) {
        this.most = most;
    }

    /** The counter of this topic, from its first mention on: the topic's own, or the one of all that found no room. */
    public Counter of(String topic) {
        Counter known = topics.get(topic);
        if (known != null) {
            return known;
        }
        if (topics.size() >= most) {
            // None is ever removed, so this needs no lock: ever new topics stay cheap.
            return others;
        }
        growing.lock();
        try {
            known = topics.get(topic);
            if (known != null || topics.size() >= most) {
                return known != null ? known : others;
            }
            Counter fresh = new Counter();
            topics.put(topic, fresh);
            return fresh;
        } finally {
            growing.unlock();
        }
    }

    /** The counts now. */
    public PubSubMetrics sample(int subscriptions) {
        Map<String, TopicCounts> counts = new HashMap<>();
        topics.forEach((topic, counter) -> counts.put(topic, counter.sample()));
        return new PubSubMetrics(counts, others.sample(), subscriptions);
    }

    /** What is counted of one topic, or of all others. */
    public static final class Counter {
        private final LongAdder published = new LongAdder();
        private final LongAdder delivered = new LongAdder();
        private final LongAdder dropped = new LongAdder();

        private Counter() {}

        /** This instance published a message. */
        public void published() {
            published.increment();
        }

        void delivered() {
            delivered.increment();
        }

        void dropped() {
            dropped.increment();
        }

        private TopicCounts sample() {
            return new TopicCounts(published.sum(), delivered.sum(), dropped.sum());
        }
    }
}
