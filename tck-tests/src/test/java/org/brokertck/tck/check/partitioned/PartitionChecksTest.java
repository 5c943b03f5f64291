package org.brokertck.tck.check.partitioned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brokertck.tck.check.partitioned.DeliveryChecksTest.invalid;
import static org.brokertck.tck.check.partitioned.DeliveryChecksTest.valid;

import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.brokertck.api.partitioned.TopicMetrics;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.Outcome;
import org.brokertck.tck.history.partitioned.PartitionedStory;
import org.brokertck.tck.history.partitioned.RecordAttempt.Result;
import org.junit.jupiter.api.Test;

/** What concerns partitions: offsets, owners, commits, retries, dead letters and figures. */
class PartitionChecksTest {
    private static PartitionedStory two() {
        return new PartitionedStory()
                .joins("m", 0)
                .produced("a", "k", 0, 0, 1, 2)
                .produced("b", "k", 0, 1, 3, 4);
    }

    @Test
    void offsetsAreDenseAndInOrder() {
        valid(new OffsetsDense(), two());
        invalid(new OffsetsDense(), two().produced("c", "k", 0, 3, 5, 6), "3 follows where 2 is due");
        invalid(new OffsetsDense(), two().produced("c", "k", 0, 1, 5, 6), "1 follows where 2 is due");
        invalid(new OffsetsDense(), new PartitionedStory().produced("a", "k", 0, 1, 1, 2), "1 follows where 0 is due");
        invalid(
                new OffsetsDense(),
                new PartitionedStory().produced("a", "k", 0, 1, 1, 2).produced("b", "k", 0, 0, 3, 4),
                "produced later");
        valid(
                new OffsetsDense(),
                two().failedToProduce("x", "k", 5, 6, Outcome.UNKNOWN).produced("c", "k", 0, 3, 5, 6));
    }

    @Test
    void offsetsOfOneLaneKeepItsOrder() {
        invalid(
                new OffsetsDense(),
                new PartitionedStory().produced("async", "a", "k", 0, 1, 1, 9).produced("async", "b", "k", 0, 0, 2, 9),
                "produced later");
    }

    @Test
    void recordsAreDeliveredAtTheirOffsetsAndInTheirOrder() {
        valid(new OffsetsDelivered(), two().handled("m", "a", 0, 0, 5, 6).handled("m", "b", 0, 1, 7, 8));
        invalid(new OffsetsDelivered(), two().handled("m", "a", 0, 1, 5, 6), "was delivered as at");
        invalid(
                new OffsetsDelivered(),
                two().handled("m", "b", 0, 1, 5, 6).handled("m", "a", 0, 0, 7, 8),
                "given offset 0 of partition 0 after offset 1");
    }

    @Test
    void aPartitionHasOneHandlerAtATime() {
        valid(new HandledAlone(), two().handled("m", "a", 0, 0, 5, 6).handled("n", "b", 0, 1, 6, 7));
        invalid(
                new HandledAlone(),
                two().handled("m", "a", 0, 0, 5, 8).handled("n", "b", 0, 1, 7, 9),
                "m and n of group g");
        invalid(
                new HandledAlone(),
                two().attempted("m", "a", 0, 0, 5, Long.MAX_VALUE, Result.RUNNING)
                        .handled("m", "b", 0, 1, 7, 9),
                "m and itself");
        valid(new HandledAlone(), two().handled("m", "a", 0, 0, 5, 8).handled("n", "b", 1, 1, 7, 9));
    }

    @Test
    void onlyWhatTheDeadHadInHandComesAgain() {
        PartitionedStory dead = two().joins("n", 5)
                .handled("m", "a", 0, 0, 5, 6)
                .handled("m", "b", 0, 1, 7, 8)
                .dies("m", 9);
        valid(new OnlyUncommittedAgain(), dead.handled("n", "b", 0, 1, 10, 11));
        invalid(new OnlyUncommittedAgain(), dead.handled("n", "a", 0, 0, 12, 13), "was given a again");
        PartitionedStory alive = two().joins("n", 5).handled("m", "a", 0, 0, 5, 6);
        invalid(new OnlyUncommittedAgain(), alive.handled("n", "a", 0, 0, 7, 8), "was given a again");
        PartitionedStory zombie = two().joins("n", 5)
                .attempted("m", "a", 0, 0, 5, 10, Result.VOID)
                .dies("m", 6);
        valid(new OnlyUncommittedAgain(), zombie.handled("n", "a", 0, 0, 11, 12));
    }

    @Test
    void commitsNeverGoBackNorAhead() {
        PartitionedStory handled = two().handled("m", "a", 0, 0, 5, 6);
        valid(new CommitsForward(), handled.committed(0, 5).committed(1, 7).committed(1, 8));
        invalid(new CommitsForward(), handled.committed(0, 9), "went back from 1 to 0");
        invalid(
                new CommitsForward(),
                two().handled("m", "a", 0, 0, 5, 6).committed(2, 7),
                "had handled records up to 1 only");
    }

    @Test
    void retriesAreInPlace() {
        valid(
                new RetriedInPlace(),
                two().failed("m", "a", 0, 0, 5, 6).failed("m", "a", 0, 0, 7, 8).handled("m", "b", 0, 1, 9, 10));
        invalid(
                new RetriedInPlace(),
                two().failed("m", "a", 0, 0, 5, 6).handled("m", "b", 0, 1, 7, 8),
                "while a of the same partition was still to be retried");
        invalid(
                new RetriedInPlace(),
                two().deliveryLimit(1).failed("m", "a", 0, 0, 5, 6).failed("m", "a", 0, 0, 7, 8),
                "attempted a 2 times with a delivery limit of 1");
    }

    @Test
    void deadLettersTellWhatHappened() {
        PartitionedStory exhausted =
                two().failed("m", "a", 0, 0, 5, 6).failed("m", "a", 0, 0, 7, 8).handled("m", "b", 0, 1, 9, 10);
        invalid(new DeadRecordsTell(), exhausted, "lies not among the dead letters");
        valid(new DeadRecordsTell(), exhausted.setAside("a", 0, 0, 2));
        invalid(new DeadRecordsTell(), exhausted.setAside("a", 0, 0, 2), "twice");
        invalid(
                new DeadRecordsTell(),
                two().failed("m", "a", 0, 0, 5, 6).failed("m", "a", 0, 0, 7, 8).setAside("a", 0, 0, 3),
                "its dead letter says 3");
        invalid(
                new DeadRecordsTell(),
                two().failed("m", "a", 0, 0, 5, 6).setAside("a", 0, 0, 1),
                "after 1 failures of 2");
        invalid(new DeadRecordsTell(), two().setAside("b", 0, 1, 2), "no group attempted");
        invalid(
                new DeadRecordsTell(),
                two().failed("m", "a", 0, 0, 5, 6).failed("m", "a", 0, 0, 7, 8).setAside("a", 0, 9, 2),
                "lies among the dead letters as");
    }

    @Test
    void countsAreExactAtRest() {
        PartitionedStory handled = two().handled("m", "a", 0, 0, 5, 6).handled("m", "b", 0, 1, 7, 8);
        valid(new CountsExact(), handled.sampled(9, new TopicMetrics(4, 2, 2, 2, 2)));
        invalid(new CountsExact(), handled.sampled(10, new TopicMetrics(4, 2, 2, 2, 3)), "at rest the metrics say");
        assertThat(new CountsExact().judge(two().unsettled().history())).isInstanceOf(Verdict.Inconclusive.class);
    }

    @Test
    void countsAreConsistentOnTheWay() {
        PartitionedStory handled = two().handled("m", "a", 0, 0, 5, 6);
        valid(
                new CountsConsistent(),
                handled.sampled(2, new TopicMetrics(4, 0, 0, 0, 0)).sampled(7, new TopicMetrics(4, 2, 1, 2, 1)));
        invalid(new CountsConsistent(), handled.sampled(8, new TopicMetrics(4, 2, 0, 2, 1)), "went down from 1 to 0");
        invalid(
                new CountsConsistent(),
                two().sampled(9, new TopicMetrics(4, 1, 0, 2, 0)),
                "messagesProduced is 1, where by then it was from 2 to 2");
        invalid(
                new CountsConsistent(),
                two().sampled(9, new TopicMetrics(4, 2, 1, 2, 0)),
                "messagesConsumed is 1, where by then it was from 0 to 0");
    }

    @Test
    void partitionsAreDividedEvenlyAndCompletely() {
        assertThat(PartitionsDivided.wrong(3, Map.of("m", Set.of(0, 2), "n", Set.of(1))))
                .isEmpty();
        assertThat(PartitionsDivided.wrong(1, Map.of("m", Set.of(0), "n", Set.of())))
                .isEmpty();
        assertThat(PartitionsDivided.wrong(3, Map.of("m", Set.of(0, 2), "n", Set.of(1, 2))))
                .contains("two members");
        assertThat(PartitionsDivided.wrong(3, Map.of("m", Set.of(0), "n", Set.of(1))))
                .contains("2 of 3");
        assertThat(PartitionsDivided.wrong(3, Map.of("m", Set.of(0, 1, 2), "n", Set.of())))
                .contains("another 0");
        assertThat(PartitionsDivided.wrong(2, Map.of("m", Set.of(0, 1, 2)))).contains("no partition 2");
    }

    /** The table of the distribution: the approximation is a little lenient with few degrees of freedom. */
    @Test
    void theCriticalValueIsThatOfTheTable() {
        Map<Integer, Double> table = Map.of(1, 10.83, 2, 13.82, 3, 16.27, 6, 22.46, 15, 37.70, 31, 61.10);
        table.forEach((degrees, value) -> assertThat(ChiSquared.critical(degrees))
                .isCloseTo(value, org.assertj.core.data.Percentage.withPercentage(3.5)));
    }

    /** Of many even spreads about one in a thousand is refused, and of skewed ones nearly all. */
    @Test
    void evenSpreadsPassAndSkewedOnesDoNot() {
        Random random = new Random(42);
        long refused = IntStream.range(0, 3000)
                .filter(i -> !ChiSquared.isEven(counts(random, 8, 0)))
                .count();
        long seen = IntStream.range(0, 100)
                .filter(i -> !ChiSquared.isEven(counts(random, 8, 0.04)))
                .count();

        assertThat(refused).isBetween(0L, 12L);
        assertThat(seen).isGreaterThan(95);
    }

    /** Keys over partitions, of which the first draws a share more. */
    private static long[] counts(Random random, int partitions, double more) {
        long[] counts = new long[partitions];
        for (int i = 0; i < 10_000; i++) {
            counts[random.nextDouble() < more ? 0 : random.nextInt(partitions)]++;
        }
        return counts;
    }
}
