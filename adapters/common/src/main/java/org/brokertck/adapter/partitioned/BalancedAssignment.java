package org.brokertck.adapter.partitioned;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Divides partitions among the members of a group: numbers differ by at most one (rule L-8), and as few partitions as possible change
 * hands. A pure function, so that all who compute it from the same facts agree.
 */
public final class BalancedAssignment {
    private BalancedAssignment() {}

    /**
     * Who is to have which partition.
     *
     * @param partitions how many there are
     * @param members in an order that all agree on; without duplicates
     * @param before who was to have which so far; may name members that have left
     * @return the member of each partition, by partition; empty when there are no members
     */
    public static Map<Integer, String> of(int partitions, List<String> members, Map<Integer, String> before) {
        Map<Integer, String> assignment = new TreeMap<>();
        if (members.isEmpty()) {
            return assignment;
        }
        Map<String, Integer> room = shares(partitions, members, before);
        for (int partition = 0; partition < partitions; partition++) {
            String holder = before.get(partition);
            if (holder != null && room.getOrDefault(holder, 0) > 0) {
                assignment.put(partition, holder);
                room.merge(holder, -1, Integer::sum);
            }
        }
        int next = 0;
        for (int partition = 0; partition < partitions; partition++) {
            if (assignment.containsKey(partition)) {
                continue;
            }
            while (room.getOrDefault(members.get(next), 0) == 0) {
                next++;
            }
            assignment.put(partition, members.get(next));
            room.merge(members.get(next), -1, Integer::sum);
        }
        return assignment;
    }

    /** How many each may have. What cannot be divided goes to those who hold most already. */
    private static Map<String, Integer> shares(int partitions, List<String> members, Map<Integer, String> before) {
        Map<String, Integer> held = new HashMap<>();
        before.forEach((partition, member) -> held.merge(member, partition < partitions ? 1 : 0, Integer::sum));
        List<String> ranked = new ArrayList<>(members);
        ranked.sort(Comparator.comparingInt((String member) -> -held.getOrDefault(member, 0)));
        Map<String, Integer> shares = new HashMap<>();
        for (int rank = 0; rank < ranked.size(); rank++) {
            int share = partitions / members.size() + (rank < partitions % members.size() ? 1 : 0);
            shares.put(ranked.get(rank), share);
        }
        return shares;
    }
}
