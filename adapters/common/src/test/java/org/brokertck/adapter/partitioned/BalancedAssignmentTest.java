package org.brokertck.adapter.partitioned;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BalancedAssignmentTest {
    @Test
    void isBalancedAndMovesAsLittleAsPossible() {
        Random random = new Random(42);
        for (int round = 0; round < 20_000; round++) {
            int partitions = 1 + random.nextInt(12);
            List<String> before = members(random);
            Map<Integer, String> old = BalancedAssignment.of(partitions, before, Map.of());
            List<String> now = members(random);

            Map<Integer, String> next = BalancedAssignment.of(partitions, now, old);

            assertThat(next).hasSize(now.isEmpty() ? 0 : partitions);
            Map<String, Integer> counts = new HashMap<>();
            now.forEach(member -> counts.put(member, 0));
            next.values().forEach(member -> counts.merge(member, 1, Integer::sum));
            assertThat(counts.keySet()).hasSameSizeAs(now);
            if (!now.isEmpty()) {
                assertThat(Collections.max(counts.values()) - Collections.min(counts.values()))
                        .isLessThanOrEqualTo(1);
                assertThat(kept(old, next)).isEqualTo(mostKept(partitions, now, old));
            }
        }
    }

    @Test
    void movesNothingWhenNothingChanged() {
        Map<Integer, String> first = BalancedAssignment.of(7, List.of("a", "b", "c"), Map.of());

        assertThat(BalancedAssignment.of(7, List.of("c", "a", "b"), first)).isEqualTo(first);
    }

    @Test
    void leavesTheSurplusIdle() {
        assertThat(BalancedAssignment.of(2, List.of("a", "b", "c"), Map.of()).values())
                .containsExactlyInAnyOrder("a", "b");
        assertThat(BalancedAssignment.of(2, List.of(), Map.of(0, "a"))).isEmpty();
    }

    private static long kept(Map<Integer, String> before, Map<Integer, String> now) {
        return now.entrySet().stream()
                .filter(it -> it.getValue().equals(before.get(it.getKey())))
                .count();
    }

    /** Each keeps what fits into its share, and the larger shares go to those who hold most. */
    private static long mostKept(int partitions, List<String> members, Map<Integer, String> before) {
        int share = partitions / members.size();
        int larger = partitions % members.size();
        List<Integer> held = new ArrayList<>();
        for (String member : members) {
            held.add(Collections.frequency(before.values(), member));
        }
        held.sort(Collections.reverseOrder());
        long kept = 0;
        for (int i = 0; i < held.size(); i++) {
            kept += Math.min(held.get(i), share + (i < larger ? 1 : 0));
        }
        return kept;
    }

    private static List<String> members(Random random) {
        List<String> all = new ArrayList<>(List.of("a", "b", "c", "d", "e"));
        Collections.shuffle(all, random);
        return all.subList(0, random.nextInt(6));
    }
}
