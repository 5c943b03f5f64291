package org.brokertck.redis.partitioned;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.brokertck.adapter.partitioned.Lease;
import org.brokertck.redis.connection.Deadline;

/** A group as far as it has members in this instance. But for its members, for the coordinator's thread only. */
final class LocalGroup {
    final GroupName name;
    final int partitions;
    final Lease lease = new Lease(GroupServer.LEASE);

    /** Those that have not left yet. */
    final Set<Member> members = ConcurrentHashMap.newKeySet();

    /** Members of other instances without a lease, by when they are believed to be dead. */
    final Map<String, Deadline> suspects = new HashMap<>();

    LocalGroup(GroupName name, int partitions) {
        this.name = name;
        this.partitions = partitions;
    }

    List<String> memberIds() {
        return members.stream().map(Member::id).toList();
    }

    boolean hasMember(String id) {
        return members.stream().anyMatch(it -> it.id().equals(id));
    }
}
