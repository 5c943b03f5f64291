package org.brokertck.redis.partitioned;

import org.brokertck.redis.connection.KeyPrefix;

/** The keys of one broker. */
final class LogKeys {
    final KeyPrefix prefix;

    /** A hash: topic by its number of partitions. */
    final byte[] topics;

    /** Where the scripts publish news of records, room and members. */
    final byte[] news;

    LogKeys(String broker) {
        prefix = new KeyPrefix("brokertck-log", broker);
        topics = prefix.key("topics");
        news = prefix.key("news");
    }

    /** A hash: partition by the offset that comes next. */
    byte[] next(String topic) {
        return prefix.key("next:" + topic);
    }

    byte[] stream(String topic, int partition) {
        return prefix.key("log:" + topic + ":" + partition);
    }

    /** A stream of what was set aside. */
    byte[] dead(String topic) {
        return prefix.key("dead:" + topic);
    }

    /** A set of names. */
    byte[] groups(String topic) {
        return prefix.key("groups:" + topic);
    }

    /** A set: the partitions in which somebody waits for room. */
    byte[] full(String topic) {
        return prefix.key("full:" + topic);
    }

    /** The last batch of one instance, and its answer. */
    byte[] lane(String instance) {
        return prefix.key("lane:" + instance);
    }

    /** A hash: partition by the offset that the group goes on with. */
    byte[] commits(GroupName group) {
        return prefix.key("commits:" + group.path());
    }

    /** A hash: partition by an offset and how many attempts at it failed. */
    byte[] attempts(GroupName group) {
        return prefix.key("attempts:" + group.path());
    }

    /** A sorted set: member by when it joined. */
    byte[] members(GroupName group) {
        return prefix.key("members:" + group.path());
    }

    /** A sorted set: member by when its lease runs out. */
    byte[] leases(GroupName group) {
        return prefix.key("leases:" + group.path());
    }

    /** A hash: partition by the member that is to have it. */
    byte[] plan(GroupName group) {
        return prefix.key("plan:" + group.path());
    }

    /** A hash: partition by the member that owns it, with a number that no other time of ownership has. */
    byte[] owners(GroupName group) {
        return prefix.key("owners:" + group.path());
    }
}
