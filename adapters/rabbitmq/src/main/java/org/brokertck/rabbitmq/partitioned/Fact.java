package org.brokertck.rabbitmq.partitioned;

import java.util.Map;
import org.brokertck.api.message.Failure;

/** What an instance writes into the journal. It comes true when it is read there, unless one that was written before rules it out. */
sealed interface Fact {
    /** Somebody created a topic; told is how many partitions it has. */
    record TopicCreated(String topic, int partitions) implements Fact {}

    /** A partition has its stream; told is whether it is this one. */
    record StreamMade(String topic, int partition, String stream) implements Fact {}

    /**
     * A group subscribed for the first time.
     *
     * @param starts where it starts, where that is not at offset 0
     */
    record GroupMade(GroupName group, Map<Integer, Long> starts) implements Fact {}

    /** A member is to have its share. */
    record Joined(GroupName group, String member) implements Fact {}

    /** A member is to have no partition any more; it keeps those that it owns until it releases them. */
    record Left(GroupName group, String member) implements Fact {}

    /** The owner of a partition has let go of it. */
    record Released(GroupName group, int partition, String member) implements Fact {}

    /** An instance is dead, and its members with it. */
    record Expelled(String instance) implements Fact {}

    /**
     * A group has come so far in a partition; told is whether it was the owner who said so.
     *
     * @param offset of the next record
     * @param attempts at that record which failed
     */
    record Committed(GroupName group, int partition, String member, long offset, int attempts) implements Fact {}

    /** A record is set aside, and the group goes on behind it; told is whether it was the owner who said so. */
    record Buried(GroupName group, int partition, String member, long offset, int attempts, Failure failure)
            implements Fact {}

    /** Somebody deleted the dead letters of a topic; told is how many there were. */
    record Purged(String topic) implements Fact {}

    /** Nothing; whoever reads it knows all that was written before. */
    record Synced() implements Fact {}
}
