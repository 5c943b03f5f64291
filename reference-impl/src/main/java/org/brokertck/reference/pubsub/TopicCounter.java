package org.brokertck.reference.pubsub;

import java.util.concurrent.atomic.LongAdder;
import org.brokertck.api.pubsub.TopicCounts;

/** What is counted of one topic, or of several together. Never goes back, and is exact when nothing happens meanwhile. */
final class TopicCounter {
    private final LongAdder published = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder dropped = new LongAdder();

    void published() {
        published.increment();
    }

    void delivered() {
        delivered.increment();
    }

    void dropped() {
        dropped.increment();
    }

    /** What came of messages is read before the messages, so that none seems to be delivered that was never published. */
    TopicCounts counts() {
        long deliveredBefore = delivered.sum();
        long droppedBefore = dropped.sum();
        return new TopicCounts(published.sum(), deliveredBefore, droppedBefore);
    }
}
