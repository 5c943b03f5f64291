package org.brokertck.rabbitmq.partitioned;

import java.util.HashSet;
import java.util.Set;

/**
 * What the journal says of one member.
 *
 * @param isThere whether it has a say in the division
 * @param owns the partitions that nobody else may handle
 * @param planned those that it is to have
 */
record MemberView(boolean isThere, Set<Integer> owns, Set<Integer> planned) {
    static MemberView of(GroupState group, String member) {
        Set<Integer> owns = new HashSet<>();
        Set<Integer> planned = new HashSet<>();
        for (int partition = 0; partition < group.partitions(); partition++) {
            if (member.equals(group.owner(partition))) {
                owns.add(partition);
            }
            if (member.equals(group.planned(partition))) {
                planned.add(partition);
            }
        }
        return new MemberView(group.members().contains(member), owns, planned);
    }
}
