package org.brokertck.tck.faulty.partitioned.plain;

import java.util.List;
import java.util.function.Supplier;
import org.brokertck.api.partitioned.DeadRecord;
import org.brokertck.api.partitioned.RecordDeadLetters;

/** The view of a topic's dead records: checks arguments and state, and leaves the work to the broker. */
public class PlainRecordDeadLetters implements RecordDeadLetters {
    private final PlainDelivering broker;
    private final Topic topic;

    /** A view of that topic. */
    public PlainRecordDeadLetters(PlainDelivering broker, Topic topic) {
        this.broker = broker;
        this.topic = topic;
    }

    @Override
    public List<DeadRecord> list(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + ": it must be 1 or more");
        }
        return usable(() -> broker.listed(topic, limit));
    }

    @Override
    public int purge() {
        return usable(() -> broker.purge(topic));
    }

    private <T> T usable(Supplier<T> step) {
        return broker.locked(() -> {
            broker.requireUsable(broker.config().produceTimeout());
            return step.get();
        });
    }
}
