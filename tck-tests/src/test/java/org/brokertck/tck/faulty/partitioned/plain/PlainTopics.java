package org.brokertck.tck.faulty.partitioned.plain;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.brokertck.api.ClosedException;
import org.brokertck.api.UnknownTopicException;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.target.Limits;
import org.brokertck.reference.time.TimeSource;

/** What every part of the plain partitioned broker stands on, and its topics. */
public abstract class PlainTopics implements PartitionedBroker {
    /** What the instance counted. */
    protected final Meters meters;

    /** Whether a shutdown has begun. */
    protected boolean closing;

    /** Whether no outcome counts any more. */
    protected boolean ended;

    private final Opening opening;

    PlainTopics(Opening opening) {
        this.opening = opening;
        this.meters = new Meters(opening.config().rateWindow());
    }

    @Override
    public final String name() {
        return opening.name();
    }

    /** The settings. */
    protected final PartitionedConfig config() {
        return opening.config();
    }

    /** The sizes that it takes. */
    protected final Limits limits() {
        return opening.limits();
    }

    /** The contents. */
    protected final Store store() {
        return opening.store();
    }

    /** The time. */
    protected final TimeSource time() {
        return opening.time();
    }

    /** Runs a step under the lock. */
    protected final <T> T locked(Supplier<T> step) {
        store().lock.lock();
        try {
            return step.get();
        } finally {
            store().lock.unlock();
        }
    }

    /** Refuses calls to a broker that is shut down. */
    protected void requireOpen() {
        if (closing) {
            throw new ClosedException("Broker '" + name() + "' is shut down: open a new one");
        }
    }

    /** Refuses calls to a broker that cannot serve them now. */
    protected void requireUsable(Duration patience) {
        requireOpen();
    }

    @Override
    public void createTopic(String topic, int partitions) {
        checkName("topic", topic);
        checkPartitions(partitions);
        locked(() -> {
            requireUsable(config().produceTimeout());
            Topic there = store().topics.get(topic);
            if (there == null) {
                store().topics.put(topic, new Topic(topic, partitions, store().lock));
            } else {
                requireSameSize(there, partitions);
            }
            return true;
        });
    }

    /** Refuses what is no number of partitions. */
    protected void checkPartitions(int partitions) {
        if (partitions < 1 || partitions > PartitionedConfig.MOST_PARTITIONS) {
            throw new IllegalArgumentException(
                    "partitions is " + partitions + ": it must be from 1 to " + PartitionedConfig.MOST_PARTITIONS);
        }
    }

    /** Refuses another number of partitions than a topic has. */
    protected void requireSameSize(Topic topic, int partitions) {
        if (topic.size() != partitions) {
            throw new IllegalArgumentException(
                    "partitions is " + partitions + ": topic '" + topic.name() + "' has " + topic.size() + " already");
        }
    }

    /** Refuses what is no name. */
    protected void checkName(String argument, String name) {
        Objects.requireNonNull(name, argument);
        if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new IllegalArgumentException(argument + " is '" + name
                    + "': it must be 1 to 100 letters, digits, dots, hyphens and underscores");
        }
    }

    /** The topic of that name. */
    protected Topic topic(String name) {
        Topic topic = store().topics.get(name);
        if (topic == null) {
            throw new UnknownTopicException("Broker '" + name() + "' has no topic '" + name + "': create it first");
        }
        return topic;
    }

    /** Counts a produce that was refused, or an attempt of a handler. */
    protected boolean counted(boolean succeeded) {
        Meters.Share now = meters.now(time().nanoTime());
        now.calls++;
        now.failures += succeeded ? 0 : 1;
        return succeeded;
    }
}
