package org.brokertck.tck.check.partitioned;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Rule L-8: each partition has one member of the group, and the members' counts differ by at most one. */
public final class PartitionsDivided {
    private PartitionsDivided() {}

    /**
     * What is wrong with a division, in words; empty when nothing is.
     *
     * @param partitions of the topic
     * @param members the partitions of each member
     */
    public static String wrong(int partitions, Map<String, Set<Integer>> members) {
        Set<Integer> owned = new TreeSet<>();
        int fewest = Integer.MAX_VALUE;
        int most = 0;
        for (Set<Integer> own : members.values()) {
            for (int partition : own) {
                if (partition < 0 || partition >= partitions) {
                    return "there is no partition " + partition + ": " + members;
                }
                if (!owned.add(partition)) {
                    return "partition " + partition + " has two members: " + members;
                }
            }
            fewest = Math.min(fewest, own.size());
            most = Math.max(most, own.size());
        }
        if (owned.size() < partitions) {
            return "%d of %d partitions have a member: %s".formatted(owned.size(), partitions, members);
        }
        return most - fewest > 1 ? "one member has %d partitions, another %d: %s".formatted(most, fewest, members) : "";
    }
}
