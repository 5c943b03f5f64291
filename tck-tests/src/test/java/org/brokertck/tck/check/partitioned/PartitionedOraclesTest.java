package org.brokertck.tck.check.partitioned;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.partitioned.GroupSpan;
import org.brokertck.tck.history.partitioned.PartitionedHistory;
import org.brokertck.tck.history.partitioned.PartitionedStory;
import org.brokertck.tck.history.partitioned.RecordAttempt;
import org.brokertck.tck.history.partitioned.RecordProduce;
import org.junit.jupiter.api.Test;

/** The checks that sweep say the same as the definitions, which look at every pair, on many small random histories. */
class PartitionedOraclesTest {
    private static final int HISTORIES = 10_000;
    private static final int RECORDS = 5;

    /** Whether a history keeps a rule, by its definition. */
    private interface Oracle {
        boolean keeps(PartitionedHistory history);
    }

    @Test
    void theOrderOfKeysIsThatOfEveryPair() {
        compare(new KeysInOrder(), PartitionedOraclesTest::keysInOrder);
    }

    @Test
    void handlersAreApartIfEveryPairIs() {
        compare(new HandledAlone(), PartitionedOraclesTest::alone);
    }

    @Test
    void offsetsAreDenseAndInOrderIfEveryPairIs() {
        compare(new OffsetsDense(), PartitionedOraclesTest::offsets);
    }

    private static void compare(Check<PartitionedHistory> check, Oracle oracle) {
        Random random = new Random(7);
        int kept = 0;
        for (int i = 0; i < HISTORIES; i++) {
            PartitionedHistory history = random(random);
            boolean due = oracle.keeps(history);
            Verdict verdict = check.judge(history);
            assertThat(verdict instanceof Verdict.Valid)
                    .as("%s of %s", verdict, history)
                    .isEqualTo(due);
            kept += due ? 1 : 0;
        }
        // Both must occur often, or the comparison shows nothing.
        assertThat(kept).isBetween(HISTORIES / 50, HISTORIES * 49 / 50);
    }

    /** A few records of two keys, produced over two lanes or none, put at likely offsets, and handled about in that order. */
    private static PartitionedHistory random(Random random) {
        PartitionedStory story = new PartitionedStory().joins("m", 0).joins("n", 0);
        int[] places = {0, 1, 2, 3, 4};
        if (random.nextBoolean()) {
            int at = random.nextInt(RECORDS - 1);
            int place = places[at];
            places[at] = places[at + 1];
            places[at + 1] = place;
        }
        int count = 1 + random.nextInt(RECORDS);
        int[] sorted = Arrays.copyOf(places, count);
        long[] time = new long[count];
        for (int i = 0; i < count; i++) {
            long from = 2L * i + random.nextInt(4);
            String lane = List.of("", "", "async", "batch").get(random.nextInt(4));
            String key = random.nextInt(3) == 0 ? "other" : "key";
            int offset = random.nextInt(12) == 0 ? random.nextInt(RECORDS) : sorted[i];
            story.produced(lane, "r" + i, key, 0, offset, from, from + random.nextInt(5));
            time[i] = 20 + 10L * sorted[i] + random.nextInt(12);
        }
        for (int i = 0; i < count; i++) {
            int partition = random.nextInt(8) == 0 ? 1 : 0;
            String member = random.nextBoolean() ? "m" : "n";
            story.handled(member, "r" + i, partition, sorted[i], time[i], time[i] + random.nextInt(8));
        }
        return story.history();
    }

    private static boolean before(RecordProduce a, RecordProduce b) {
        boolean inLane = !a.lane().isEmpty() && a.lane().equals(b.lane()) && a.turn() < b.turn();
        return a.returned() < b.invoked() || inLane;
    }

    private static boolean keysInOrder(PartitionedHistory history) {
        GroupSpan group = history.groups().get(0);
        List<RecordAttempt> first = history.firstAttempts(group);
        for (int later = 0; later < first.size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                RecordProduce a = produce(history, first.get(later));
                RecordProduce b = produce(history, first.get(earlier));
                boolean oneKey = Objects.equals(a.message().key(), b.message().key());
                if (oneKey && before(a, b)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static RecordProduce produce(PartitionedHistory history, RecordAttempt attempt) {
        return Objects.requireNonNull(history.producesById().get(attempt.id()));
    }

    private static boolean alone(PartitionedHistory history) {
        List<RecordAttempt> all = history.attempts();
        for (int i = 0; i < all.size(); i++) {
            for (int k = i + 1; k < all.size(); k++) {
                RecordAttempt a = all.get(i);
                RecordAttempt b = all.get(k);
                boolean overlap = Math.max(a.started(), b.started()) < Math.min(a.ended(), b.ended());
                // One that begins within another one is in it, though it takes no time itself.
                boolean within = a.started() < b.started() && b.started() < a.ended();
                if (a.partition() == b.partition() && (overlap || within)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean offsets(PartitionedHistory history) {
        Set<Long> offsets = new HashSet<>();
        for (RecordProduce produce : history.produces()) {
            offsets.add(offset(produce));
        }
        for (long i = 0; i < history.produces().size(); i++) {
            if (!offsets.contains(i)) {
                return false;
            }
        }
        for (RecordProduce a : history.produces()) {
            for (RecordProduce b : history.produces()) {
                if (before(a, b) && offset(a) > offset(b)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static long offset(RecordProduce produce) {
        return Objects.requireNonNull(produce.position()).offset();
    }
}
