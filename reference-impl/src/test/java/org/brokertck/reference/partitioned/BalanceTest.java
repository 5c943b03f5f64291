package org.brokertck.reference.partitioned;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BalanceTest {
    @Test
    void dividesEvenly() {
        assertThat(Balance.divide(nobody(5), List.of("a", "b"))).containsExactly("a", "a", "a", "b", "b");
        assertThat(Balance.divide(nobody(2), List.of("a", "b", "c"))).containsExactly("a", "b");
        assertThat(Balance.divide(nobody(2), List.of())).containsExactly(null, null);
    }

    @Test
    void movesWhatMustMoveOnly() {
        assertThat(Balance.divide(List.of("a", "a", "a", "a"), List.of("a", "b")))
                .containsExactly("a", "a", "b", "b");
        assertThat(Balance.divide(List.of("a", "b", "c", "a"), List.of("a", "c")))
                .containsExactly("a", "c", "c", "a");
        assertThat(Balance.divide(List.of("b", "a", "b"), List.of("a", "b"))).containsExactly("b", "a", "b");
    }

    @Test
    void randomComingsAndGoingsStayBalancedAndMoveAsFewAsPossible() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            List<String> held = nobody(1 + random.nextInt(12));
            List<Integer> members = new ArrayList<>();
            for (int step = 0; step < 30; step++) {
                if (members.isEmpty() || random.nextInt(5) > 1) {
                    members.add(step);
                } else {
                    members.remove(random.nextInt(members.size()));
                }
                List<String> names = members.stream().map(String::valueOf).toList();
                List<String> before = held;
                held = new ArrayList<>(Balance.divide(before, names));
                assertBalanced(held, names);
                assertThat(moved(before, held)).isEqualTo(fewest(before, names));
            }
        }
    }

    private static void assertBalanced(List<String> held, List<String> members) {
        if (members.isEmpty()) {
            assertThat(held).containsOnlyNulls();
            return;
        }
        assertThat(held).doesNotContainNull();
        long[] counts = members.stream()
                .mapToLong(it -> Collections.frequency(held, it))
                .toArray();
        assertThat(Arrays.stream(counts).max().orElseThrow()
                        - Arrays.stream(counts).min().orElseThrow())
                .isLessThanOrEqualTo(1);
    }

    private static long moved(List<String> before, List<String> after) {
        long moved = 0;
        for (int i = 0; i < before.size(); i++) {
            moved += Objects.equals(before.get(i), after.get(i)) ? 0 : 1;
        }
        return moved;
    }

    /** All but those that can stay: each member keeps up to its share, and as many as there are get one more. */
    private static long fewest(List<String> before, List<String> members) {
        if (members.isEmpty()) {
            return before.stream().filter(Objects::nonNull).count();
        }
        int share = before.size() / members.size();
        long kept = 0;
        int more = before.size() % members.size();
        for (String member : members) {
            int has = Collections.frequency(before, member);
            kept += Math.min(has, share);
            if (has > share && more > 0) {
                kept++;
                more--;
            }
        }
        return before.size() - kept;
    }

    private static List<String> nobody(int partitions) {
        return new ArrayList<>(Collections.nCopies(partitions, null));
    }
}
