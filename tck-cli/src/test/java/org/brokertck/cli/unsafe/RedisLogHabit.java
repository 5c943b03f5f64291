package org.brokertck.cli.unsafe;

/** What users of Redis Streams do who want a partitioned log; a naive one without any of these is safe enough for the rules in question. */
enum RedisLogHabit {
    /** {@code XREAD BLOCK … $} in a loop: what comes between two reads is never seen. */
    READ_FROM_NOW,
    /** {@code XACK} as soon as an entry was read: whoever dies over it takes it along. */
    ACK_FIRST,
    /** Members of a group that read as they please, all under one consumer name: nobody owns a partition. */
    NO_OWNER
}
