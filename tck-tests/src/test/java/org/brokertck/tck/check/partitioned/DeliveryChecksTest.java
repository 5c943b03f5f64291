package org.brokertck.tck.check.partitioned;

import static org.assertj.core.api.Assertions.assertThat;

import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.Outcome;
import org.brokertck.tck.history.partitioned.PartitionedHistory;
import org.brokertck.tck.history.partitioned.PartitionedStory;
import org.brokertck.tck.history.partitioned.RecordAttempt.Result;
import org.junit.jupiter.api.Test;

/** What is delivered, to whom, how often, where and in which order. */
class DeliveryChecksTest {
    static void valid(Check<PartitionedHistory> check, PartitionedStory story) {
        assertThat(check.judge(story.history())).isEqualTo(Verdict.valid());
    }

    static void invalid(Check<PartitionedHistory> check, PartitionedStory story, String finding) {
        assertThat(check.judge(story.history()))
                .isInstanceOfSatisfying(
                        Verdict.Invalid.class, it -> assertThat(it.finding()).contains(finding));
    }

    private static PartitionedStory one() {
        return new PartitionedStory().joins("m", 0).produced("a", "k", 1, 0, 1, 2);
    }

    @Test
    void whatIsHandledOrSetAsideIsNotLost() {
        valid(new NothingLost(), one().handled("m", "a", 1, 0, 3, 4));
        valid(
                new NothingLost(),
                one().failed("m", "a", 1, 0, 3, 4).failed("m", "a", 1, 0, 5, 6).setAside("a", 1, 0, 2));
        invalid(new NothingLost(), one(), "1 of 1 records were never settled by group g");
        invalid(new NothingLost(), one().failed("m", "a", 1, 0, 3, 4), "attempted 1 times");
        invalid(new NothingLost(), one().attempted("m", "a", 1, 0, 3, 4, Result.VOID), "never settled");
    }

    @Test
    void everyGroupMustSettleWhatIsDueToIt() {
        PartitionedStory story = one().handled("m", "a", 1, 0, 3, 4);
        valid(new NothingLost(), story.joins("late", "h", StartFrom.LATEST, 5));
        invalid(new NothingLost(), story.joins("early", "i", StartFrom.EARLIEST, 5), "by group i");
    }

    @Test
    void aProduceThatNeverEndsIsLost() {
        invalid(
                new NothingLost(),
                new PartitionedStory().joins("m", 0).failedToProduce("a", "k", 1, Long.MAX_VALUE, Outcome.PENDING),
                "never told to its producer");
        valid(new NothingLost(), new PartitionedStory().joins("m", 0).failedToProduce("a", "k", 1, 2, Outcome.UNKNOWN));
    }

    @Test
    void whatIsDeliveredIsWhatWasProduced() {
        valid(new NothingInvented(), one().handled("m", "a", 1, 0, 3, 4));
        invalid(new NothingInvented(), one().handled("m", "stray", 1, 0, 3, 4), "nobody produced");
        invalid(new NothingInvented(), one().handled("m", "a", 1, 0, 0, 4), "before it was produced");
        invalid(new NothingInvented(), one().handled("m", "a", 2, 0, 3, 4), "in partition 1 by produce");
        invalid(
                new NothingInvented(),
                new PartitionedStory()
                        .joins("m", 0)
                        .failedToProduce("a", "k", 1, 2, Outcome.REFUSED)
                        .handled("m", "a", 1, 0, 3, 4),
                "refused");
        KeyedMessage otherKey = PartitionedStory.message("a", "other");
        invalid(
                new NothingInvented(),
                one().attempted("m", PartitionedStory.record(1, 0, otherKey), 3, 4, Result.SUCCEEDED),
                "key was k and came as other");
        invalid(
                new NothingInvented(),
                one().failed("m", "a", 1, 0, 3, 4).handled("m", "a", 1, 7, 5, 6),
                "came once as");
    }

    @Test
    void aKeyHasOnePartition() {
        valid(new OnePartitionPerKey(), one().produced("b", "k", 1, 1, 3, 4).produced("c", "other", 2, 0, 3, 4));
        invalid(new OnePartitionPerKey(), one().produced("b", "k", 2, 0, 3, 4), "went to the partitions 1 and 2");
        valid(
                new OnePartitionPerKey(),
                one().produced("", "b", null, 2, 0, 3, 4).produced("", "c", null, 3, 0, 3, 4));
    }

    @Test
    void aSuccessIsTheLastAttempt() {
        valid(new HandledOnce(), one().failed("m", "a", 1, 0, 3, 4).handled("m", "a", 1, 0, 5, 6));
        invalid(
                new HandledOnce(),
                one().handled("m", "a", 1, 0, 3, 4).handled("m", "a", 1, 0, 5, 6),
                "again after it had handled it");
        valid(
                new HandledOnce(),
                one().joins("n", "h", StartFrom.EARLIEST, 0)
                        .handled("m", "a", 1, 0, 3, 4)
                        .handled("n", "a", 1, 0, 5, 6));
    }

    @Test
    void keysAreHandledInTheOrderOfTheirProduces() {
        PartitionedStory overtaken = one().produced("b", "k", 1, 1, 3, 4)
                .handled("m", "b", 1, 1, 5, 6)
                .handled("m", "a", 1, 0, 7, 8);
        invalid(new KeysInOrder(), overtaken, "given b before a");
        PartitionedStory overlapping = new PartitionedStory()
                .joins("m", 0)
                .produced("a", "k", 1, 1, 1, 4)
                .produced("b", "k", 1, 0, 2, 3)
                .handled("m", "b", 1, 0, 5, 6)
                .handled("m", "a", 1, 1, 7, 8);
        valid(new KeysInOrder(), overlapping);
        PartitionedStory lane = new PartitionedStory()
                .joins("m", 0)
                .produced("async", "a", "k", 1, 0, 1, 9)
                .produced("async", "b", "k", 1, 1, 2, 9)
                .handled("m", "b", 1, 1, 5, 6)
                .handled("m", "a", 1, 0, 7, 8);
        invalid(new KeysInOrder(), lane, "given b before a");
    }

    @Test
    void retriesDoNotChangeTheOrderOfFirstAttempts() {
        valid(
                new KeysInOrder(),
                one().produced("b", "k", 1, 1, 3, 4)
                        .failed("m", "a", 1, 0, 5, 6)
                        .handled("m", "b", 1, 1, 7, 8)
                        .handled("m", "a", 1, 0, 9, 10));
    }

    @Test
    void aGroupThatStartsAtTheEndSeesNothingOlder() {
        PartitionedStory late = new PartitionedStory()
                .joins("m", "g", StartFrom.LATEST, 10)
                .produced("a", "k", 1, 0, 1, 2)
                .produced("b", "k", 1, 1, 9, 12);
        valid(new StartedWhereTold(), late.handled("m", "b", 1, 1, 13, 14));
        invalid(new StartedWhereTold(), late.handled("m", "a", 1, 0, 15, 16), "starts at the latest record");
    }
}
