package org.brokertck.rabbitmq.partitioned;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.brokertck.api.message.Failure;
import org.junit.jupiter.api.Test;

class JournalStateTest {
    private static final GroupName GROUP = new GroupName("orders", "billing");
    private static final Failure FAILURE = new Failure("java.lang.IllegalStateException", "no");

    private final JournalState state = new JournalState();

    @Test
    void theFirstOfTwoCreationsCounts() {
        assertThat(state.apply(new Fact.TopicCreated("orders", 3))).isEqualTo(3);
        assertThat(state.apply(new Fact.TopicCreated("orders", 5))).isEqualTo(3);
        assertThat(state.partitions("orders")).isEqualTo(3);
        assertThat(state.partitions("unknown")).isZero();
    }

    @Test
    void theFirstStreamOfAPartitionIsTheOne() {
        state.apply(new Fact.TopicCreated("orders", 1));

        assertThat(state.apply(new Fact.StreamMade("orders", 0, "first"))).isEqualTo(1);
        assertThat(state.apply(new Fact.StreamMade("orders", 0, "second"))).isZero();
        assertThat(state.stream("orders", 0)).isEqualTo("first");
        assertThat(state.streams()).containsExactly("first");
    }

    @Test
    void anEntryThatWasSentTwiceCountsOnce() {
        assertThat(state.enter("a", 1)).isTrue();
        assertThat(state.enter("a", 1)).isFalse();
        assertThat(state.enter("b", 1)).isTrue();
        assertThat(state.enter("a", 2)).isTrue();
    }

    @Test
    void aPartitionChangesHandsWhenItsOwnerHasReleasedIt() {
        group(2, Map.of());
        state.apply(new Fact.Joined(GROUP, "a-1"));
        state.apply(new Fact.Joined(GROUP, "b-1"));

        int given = owners("a-1").stream()
                .filter(partition -> !"a-1".equals(state.look(GROUP, it -> it.planned(partition))))
                .findFirst()
                .orElseThrow();
        assertThat(owners("a-1")).hasSize(2);
        state.apply(new Fact.Released(GROUP, given, "a-1"));
        assertThat(owners("a-1")).hasSize(1);
        assertThat(owners("b-1")).containsExactly(given);
    }

    @Test
    void whoLeavesKeepsWhatItOwnsUntilItReleasesIt() {
        group(1, Map.of());
        state.apply(new Fact.Joined(GROUP, "a-1"));
        state.apply(new Fact.Left(GROUP, "a-1"));
        state.apply(new Fact.Joined(GROUP, "b-1"));

        assertThat(owners("a-1")).containsExactly(0);
        assertThat(state.apply(new Fact.Committed(GROUP, 0, "a-1", 4, 0))).isEqualTo(1);
        state.apply(new Fact.Released(GROUP, 0, "a-1"));
        assertThat(owners("b-1")).containsExactly(0);
        assertThat(claim()).isEqualTo(new Claim(4, 0));
    }

    @Test
    void theMembersOfADeadInstanceAreGoneAtOnce() {
        group(3, Map.of());
        List.of("dead-1", "dead-2", "alive-1").forEach(member -> state.apply(new Fact.Joined(GROUP, member)));

        state.apply(new Fact.Expelled("dead"));

        assertThat(owners("alive-1")).containsExactly(0, 1, 2);
        assertThat(state.everybody()).containsExactly("alive-1");
    }

    @Test
    void onlyTheOwnerCommitsAndNeverBackwards() {
        group(1, Map.of(0, 7L));
        state.apply(new Fact.Joined(GROUP, "a-1"));

        assertThat(state.committed(GROUP)).isEqualTo(Map.of(0, 7L));
        assertThat(state.apply(new Fact.Committed(GROUP, 0, "b-1", 9, 0))).isZero();
        assertThat(state.apply(new Fact.Committed(GROUP, 0, "a-1", 8, 2))).isEqualTo(1);
        assertThat(claim()).isEqualTo(new Claim(8, 2));
        state.apply(new Fact.Committed(GROUP, 0, "a-1", 7, 0));
        assertThat(state.committed(GROUP)).isEqualTo(Map.of(0, 8L));
    }

    @Test
    void aGroupThatIsThereDoesNotStartAnew() {
        group(1, Map.of(0, 7L));
        state.apply(new Fact.GroupMade(GROUP, Map.of()));
        assertThat(state.committed(GROUP)).isEqualTo(Map.of(0, 7L));
    }

    @Test
    void whatIsSetAsideIsCommittedWithIt() {
        group(1, Map.of());
        state.apply(new Fact.Joined(GROUP, "a-1"));

        assertThat(state.apply(new Fact.Buried(GROUP, 0, "b-1", 0, 5, FAILURE))).isZero();
        assertThat(state.apply(new Fact.Buried(GROUP, 0, "a-1", 0, 5, FAILURE))).isEqualTo(1);
        assertThat(state.committed(GROUP)).isEqualTo(Map.of(0, 1L));
        assertThat(state.dead("orders", 9)).containsExactly(new DeadNote("billing", 0, 0, 5, FAILURE));
        assertThat(state.apply(new Fact.Purged("orders"))).isEqualTo(1);
        assertThat(state.dead("orders", 9)).isEmpty();
    }

    private void group(int partitions, Map<Integer, Long> starts) {
        state.apply(new Fact.TopicCreated("orders", partitions));
        state.apply(new Fact.GroupMade(GROUP, starts));
    }

    private Claim claim() {
        return state.look(GROUP, it -> it.claim(0));
    }

    private List<Integer> owners(String member) {
        return state.look(
                GROUP,
                group -> IntStream.range(0, group.partitions())
                        .filter(partition -> member.equals(group.owner(partition)))
                        .boxed()
                        .toList());
    }
}
