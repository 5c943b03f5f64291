package org.brokertck.reference.partitioned;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import org.brokertck.api.UnknownTopicException;
import org.brokertck.api.partitioned.PartitionedConfig;

/** The topics of a broker by name, and what names there may be. */
final class Topics {
    private static final int LONGEST_NAME = 100;

    private final Surroundings around;
    private final Map<String, Topic> byName;

    /** @param byName safe for use by many threads */
    Topics(Surroundings around, Map<String, Topic> byName) {
        this.around = around;
        this.byName = byName;
    }

    /** Creates a topic, unless it is there (rule L-1). */
    void create(String name, int partitions, Membership membership) {
        requireName("topic", name);
        if (partitions < 1 || partitions > PartitionedConfig.MOST_PARTITIONS) {
            throw new IllegalArgumentException(
                    "partitions is " + partitions + ": it must be from 1 to " + PartitionedConfig.MOST_PARTITIONS);
        }
        Topic topic = membership.whileOpen(() -> byName.computeIfAbsent(
                name, it -> new Topic(it, partitions, around, new ParkedRecords(membership::requireOpen))));
        if (topic.size() != partitions) {
            throw new IllegalArgumentException(
                    "partitions is " + partitions + ": topic '" + name + "' has " + topic.size() + ", and keeps them");
        }
    }

    /** @throws UnknownTopicException when nobody created it */
    Topic find(String name, Membership membership) {
        Topic topic = byName.get(Objects.requireNonNull(name, "topic"));
        if (topic == null) {
            membership.requireOpen();
            throw new UnknownTopicException(
                    "Broker '" + around.name() + "' has no topic '" + name + "': create it first");
        }
        return topic;
    }

    Collection<Topic> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** @throws IllegalArgumentException when it is no name of a topic or a group */
    static void requireName(String what, String name) {
        Objects.requireNonNull(name, what);
        if (name.isEmpty() || name.length() > LONGEST_NAME || !name.chars().allMatch(Topics::mayBeInName)) {
            throw new IllegalArgumentException(what + " is '" + name + "': it must be 1 to " + LONGEST_NAME
                    + " letters, digits, dots, hyphens and underscores of ASCII");
        }
    }

    private static boolean mayBeInName(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '-'
                || c == '_';
    }
}
