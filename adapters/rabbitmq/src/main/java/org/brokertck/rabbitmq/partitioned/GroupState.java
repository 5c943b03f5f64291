package org.brokertck.rabbitmq.partitioned;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.brokertck.adapter.partitioned.BalancedAssignment;
import org.jspecify.annotations.Nullable;

/** What the journal says of one group: its members, who owns what, and how far it has come. Guarded by {@link JournalState}. */
final class GroupState {
    private final int partitions;
    private final Map<Integer, Long> committed = new HashMap<>();
    /** How many attempts failed at the record that comes next. */
    private final Map<Integer, Integer> attempts = new HashMap<>();

    private final Set<String> members = new LinkedHashSet<>();
    private final Map<Integer, String> owners = new HashMap<>();
    /** Who is to have which partition; owners give way to it. */
    private Map<Integer, String> plan = Map.of();

    GroupState(int partitions, Map<Integer, Long> starts) {
        this.partitions = partitions;
        committed.putAll(starts);
    }

    int partitions() {
        return partitions;
    }

    Set<String> members() {
        return members;
    }

    /** Those who have a say or a partition. */
    Set<String> known() {
        Set<String> known = new LinkedHashSet<>(members);
        known.addAll(owners.values());
        return known;
    }

    @Nullable
    String owner(int partition) {
        return owners.get(partition);
    }

    @Nullable
    String planned(int partition) {
        return plan.get(partition);
    }

    Claim claim(int partition) {
        return new Claim(committed.getOrDefault(partition, 0L), attempts.getOrDefault(partition, 0));
    }

    Map<Integer, Long> committed() {
        Map<Integer, Long> all = new TreeMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            all.put(partition, committed.getOrDefault(partition, 0L));
        }
        return all;
    }

    void join(String member) {
        if (members.add(member)) {
            divide();
        }
    }

    void leave(String member) {
        if (members.remove(member)) {
            divide();
        }
    }

    void release(int partition, String member) {
        if (owners.remove(partition, member)) {
            hand(partition);
        }
    }

    /** All that begin so are gone, and what they owned is free. */
    void expel(String prefix) {
        boolean any = members.removeIf(it -> it.startsWith(prefix));
        any |= owners.values().removeIf(it -> it.startsWith(prefix));
        if (any) {
            divide();
        }
    }

    /** @return whether it was the owner who said so */
    boolean commit(int partition, String member, long offset, int failed) {
        if (!member.equals(owners.get(partition))) {
            return false;
        }
        if (offset >= committed.getOrDefault(partition, 0L)) {
            committed.put(partition, offset);
            attempts.put(partition, failed);
        }
        return true;
    }

    private void divide() {
        List<String> inOrder = new ArrayList<>(members);
        plan = BalancedAssignment.of(partitions, inOrder, plan);
        plan.keySet().forEach(this::hand);
    }

    private void hand(int partition) {
        String next = plan.get(partition);
        if (next != null) {
            owners.putIfAbsent(partition, next);
        }
    }
}
