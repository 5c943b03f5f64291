package org.brokertck.adapter.partitioned;

import java.util.Objects;
import java.util.regex.Pattern;
import org.brokertck.api.partitioned.PartitionedConfig;

/** The bounds of what users name and number in a partitioned broker (rule G-1). */
public final class LogNames {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private LogNames() {}

    /**
     * Checks the name of a topic or group.
     *
     * @param what the argument: {@code topic} or {@code group}
     * @return the name
     * @throws NullPointerException when it is null
     * @throws IllegalArgumentException when it is out of bounds
     */
    public static String require(String what, String name) {
        if (!NAME.matcher(Objects.requireNonNull(name, what)).matches()) {
            throw new IllegalArgumentException(what + " is '" + name
                    + "': it must be 1 to 100 letters, digits, dots, hyphens and underscores of ASCII");
        }
        return name;
    }

    /**
     * Checks the number of partitions of a new topic.
     *
     * @throws IllegalArgumentException when it is out of bounds
     */
    public static void requirePartitions(int partitions) {
        if (partitions < 1 || partitions > PartitionedConfig.MOST_PARTITIONS) {
            throw new IllegalArgumentException(
                    "partitions is " + partitions + ": it must be from 1 to " + PartitionedConfig.MOST_PARTITIONS);
        }
    }
}
