package org.brokertck.redis.partitioned;

import org.brokertck.redis.connection.Bytes;

/** The keys of one broker. The braces make a cluster keep them all on one node; no name has a brace or a colon in it. */
final class LogKeys {
    /** How all of them begin; the scripts build some of them from it. */
    final String prefix;

    /** A hash: topic by its number of partitions. */
    final byte[] topics;

    /** Where the scripts publish news of records, room and members. */
    final byte[] news;

    LogKeys(String broker) {
        prefix = "{brokertck-log:" + broker + "}:";
        topics = key("topics");
        news = key("news");
    }

    /** A hash: partition by the offset that comes next. */
    byte[] next(String topic) {
        return key("next:" + topic);
    }

    byte[] stream(String topic, int partition) {
        return key("log:" + topic + ":" + partition);
    }

    /** A stream of what was set aside. */
    byte[] dead(String topic) {
        return key("dead:" + topic);
    }

    /** A set of names. */
    byte[] groups(String topic) {
        return key("groups:" + topic);
    }

    /** A set: the partitions in which somebody waits for room. */
    byte[] full(String topic) {
        return key("full:" + topic);
    }

    /** The last batch of one instance, and its answer. */
    byte[] lane(String instance) {
        return key("lane:" + instance);
    }

    /** A hash: partition by the offset that the group goes on with. */
    byte[] commits(GroupName group) {
        return key("commits:" + group.path());
    }

    /** A hash: partition by an offset and how many attempts at it failed. */
    byte[] attempts(GroupName group) {
        return key("attempts:" + group.path());
    }

    /** A sorted set: member by when it joined. */
    byte[] members(GroupName group) {
        return key("members:" + group.path());
    }

    /** A sorted set: member by when its lease runs out. */
    byte[] leases(GroupName group) {
        return key("leases:" + group.path());
    }

    /** A hash: partition by the member that is to have it. */
    byte[] plan(GroupName group) {
        return key("plan:" + group.path());
    }

    /** A hash: partition by the member that owns it, with a number that no other time of ownership has. */
    byte[] owners(GroupName group) {
        return key("owners:" + group.path());
    }

    private byte[] key(String rest) {
        return Bytes.of(prefix + rest);
    }
}
