package org.brokertck.tck.history.partitioned;

import org.brokertck.api.partitioned.StartFrom;

/**
 * A group of a topic, as its first subscription made it.
 *
 * @param topic the topic
 * @param name the group
 * @param startFrom where it starts
 * @param begun when it was subscribed first
 * @param there since when it was certainly there
 */
public record GroupSpan(String topic, String name, StartFrom startFrom, long begun, long there) {
    /** Whether the group must receive this record. */
    public boolean isDue(RecordProduce produce) {
        return produce.isAcknowledged()
                && produce.topic().equals(topic)
                && (startFrom == StartFrom.EARLIEST || produce.invoked() > there);
    }

    /** Whether this attempt is the group's. */
    public boolean owns(RecordAttempt attempt) {
        return attempt.topic().equals(topic) && attempt.group().equals(name);
    }
}
