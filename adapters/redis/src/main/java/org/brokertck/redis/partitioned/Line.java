package org.brokertck.redis.partitioned;

import java.util.ArrayDeque;
import java.util.Deque;

/** The records that wait to be sent to one partition, in order. Guarded by the outbox. */
final class Line {
    final String topic;
    final int partition;
    final Deque<Pending> records = new ArrayDeque<>();

    /** How many further records surely find room, as far as the server's last answer tells. */
    long room;

    /** Whether the server has ever told. */
    boolean roomKnown;

    /** Whether the server had no room for the first of them. */
    boolean full;

    /** How often there were news of room. */
    long roomNews;

    /** Whether somebody may wait for one of them to be sent: then none lingers. */
    boolean urgent;

    Line(String topic, int partition) {
        this.topic = topic;
        this.partition = partition;
    }

    /** The server told how much room there is. */
    void setRoom(long there) {
        room = there - records.size();
        roomKnown = true;
    }
}
