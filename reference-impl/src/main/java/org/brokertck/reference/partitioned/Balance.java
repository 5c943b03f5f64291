package org.brokertck.reference.partitioned;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Divides partitions among members: evenly, and so that as few as possible change hands (rules L-8, L-10). */
final class Balance {
    private Balance() {}

    /**
     * Who shall have each partition.
     *
     * @param before who has had it; nobody, or somebody who may have left
     * @param members those to divide among, the longest there first; each once
     * @return one for each partition; null for all when there are no members
     */
    static <M> List<@Nullable M> divide(List<@Nullable M> before, List<M> members) {
        Map<M, Integer> quotas = quotas(before, members);
        List<@Nullable M> after = new ArrayList<>();
        for (M holder : before) {
            after.add(holder != null && takeOne(quotas, holder) ? holder : null);
        }
        for (M member : members) {
            for (int i = 0; i < after.size(); i++) {
                if (after.get(i) == null && takeOne(quotas, member)) {
                    after.set(i, member);
                }
            }
        }
        return after;
    }

    /** How many each gets; those who have most get one more where it does not come out even, so that they need give up less. */
    private static <M> Map<M, Integer> quotas(List<@Nullable M> before, List<M> members) {
        Map<M, Integer> held = new HashMap<>();
        before.stream().filter(Objects::nonNull).forEach(holder -> held.merge(holder, 1, Integer::sum));
        List<M> byHeld = new ArrayList<>(members);
        byHeld.sort(
                Comparator.comparing((M member) -> held.getOrDefault(member, 0)).reversed());
        Map<M, Integer> quotas = new HashMap<>();
        for (int i = 0; i < byHeld.size(); i++) {
            int more = i < before.size() % members.size() ? 1 : 0;
            quotas.put(byHeld.get(i), before.size() / members.size() + more);
        }
        return quotas;
    }

    private static <M> boolean takeOne(Map<M, Integer> quotas, M member) {
        int left = quotas.getOrDefault(member, 0);
        if (left == 0) {
            return false;
        }
        quotas.put(member, left - 1);
        return true;
    }
}
