package org.brokertck.reference.partitioned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brokertck.reference.partitioned.Logs.GROUP;
import static org.brokertck.reference.partitioned.Logs.TOPIC;
import static org.brokertck.reference.partitioned.Logs.eventually;
import static org.brokertck.reference.partitioned.Logs.produce;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.brokertck.api.partitioned.GroupMember;
import org.brokertck.api.partitioned.KeyHash;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.reference.Call;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GroupTest {
    private static final int PARTITIONS = 4;

    private final PartitionedConfig config =
            PartitionedConfig.builder().drainTimeout(Duration.ofMillis(300)).build();
    private final InMemoryPartitionedBroker broker = Logs.open(config, PARTITIONS);
    private final List<PartitionRecord> handled = Logs.list();
    private final Latch latch = Latch.yielding();

    @AfterEach
    void close() {
        latch.open.countDown();
        broker.close();
    }

    @Test
    void eachGroupReceivesEveryRecordInOrder() {
        List<PartitionRecord> other = Logs.list();
        broker.subscribe(TOPIC, GROUP, handled::add);
        broker.subscribe(TOPIC, "other", other::add);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            values.add("" + i);
        }
        produce(broker, values.toArray(String[]::new));
        eventually().until(() -> handled.size() == 1000 && other.size() == 1000);
        assertThat(handled).extracting(Logs::text).isEqualTo(values);
        assertThat(other).extracting(Logs::text).isEqualTo(values);
    }

    @Test
    void membersDivideThePartitionsAndTheFirstKeepsWhatItCan() {
        GroupMember first = broker.subscribe(TOPIC, GROUP, handled::add);
        assertThat(first.partitions()).containsExactly(0, 1, 2, 3);
        GroupMember second = broker.subscribe(TOPIC, GROUP, handled::add);
        assertThat(first.partitions()).containsExactly(0, 1);
        assertThat(second.partitions()).containsExactly(2, 3);
        GroupMember third = broker.subscribe(TOPIC, GROUP, handled::add);
        GroupMember fourth = broker.subscribe(TOPIC, GROUP, handled::add);
        GroupMember idle = broker.subscribe(TOPIC, GROUP, handled::add);
        assertThat(idle.partitions()).isEmpty();
        assertThat(sizes(List.of(first, second, third, fourth))).containsOnly(1);
        assertThat(broker.metrics().activeConnections()).isEqualTo(5);
        second.close();
        assertThat(second.partitions()).isEmpty();
        assertThat(idle.partitions()).hasSize(1);
        assertThat(broker.metrics().activeConnections()).isEqualTo(4);
    }

    @Test
    void aPartitionMovesWhenItsHandlerHasReturnedAndOthersAtOnce() throws Exception {
        GroupMember first = broker.subscribe(TOPIC, GROUP, record -> {
            latch.handle(record);
            handled.add(record);
        });
        String key = keyOf(3);
        broker.produce(TOPIC, key, Logs.bytes("one"));
        broker.produce(TOPIC, key, Logs.bytes("two"));
        latch.awaitEntered();

        List<PartitionRecord> second = Logs.list();
        GroupMember joiner = broker.subscribe(TOPIC, GROUP, second::add);
        assertThat(joiner.partitions()).containsExactly(2);
        broker.produce(TOPIC, keyOf(2), Logs.bytes("elsewhere"));
        eventually().until(() -> second.size() == 1);
        latch.open.countDown();

        eventually().until(() -> second.size() == 2);
        assertThat(handled).extracting(Logs::text).containsExactly("one");
        assertThat(second).extracting(Logs::text).containsExactly("elsewhere", "two");
        assertThat(first.partitions()).containsExactly(0, 1);
        assertThat(joiner.partitions()).containsExactly(2, 3);
    }

    @Test
    void aGroupResumesAfterItsLastCommittedRecord() {
        GroupMember member = broker.subscribe(TOPIC, GROUP, handled::add);
        produce(broker, "a", "b");
        eventually().until(() -> handled.size() == 2);
        member.close();
        produce(broker, "c");
        assertThat(broker.committed(TOPIC, GROUP).values()).contains(2L);
        broker.subscribe(TOPIC, GROUP, handled::add, StartFrom.EARLIEST);
        eventually().until(() -> handled.size() == 3);
        assertThat(handled).extracting(Logs::text).containsExactly("a", "b", "c");
    }

    @Test
    void aNewGroupStartsWhereItIsTold() {
        produce(broker, "old");
        List<PartitionRecord> all = Logs.list();
        List<PartitionRecord> fresh = Logs.list();
        broker.subscribe(TOPIC, "all", all::add);
        broker.subscribe(TOPIC, "fresh", fresh::add, StartFrom.LATEST);
        assertThat(broker.committed(TOPIC, "fresh").values()).contains(1L);
        assertThat(broker.committed(TOPIC, "unknown")).isEmpty();
        produce(broker, "new");
        eventually().until(() -> all.size() == 2 && fresh.size() == 1);
        assertThat(fresh).extracting(Logs::text).containsExactly("new");
        eventually().until(() -> broker.committed(TOPIC, "fresh").equals(broker.committed(TOPIC, "all")));
    }

    @Test
    void anEarliestGroupFindsAllThatIsKeptAlthoughAnotherGroupIsDoneWithIt() {
        broker.subscribe(TOPIC, GROUP, handled::add);
        produce(broker, "a", "b");
        eventually().until(() -> handled.size() == 2);
        List<PartitionRecord> late = Logs.list();
        broker.subscribe(TOPIC, "late", late::add, StartFrom.EARLIEST);
        eventually().until(() -> late.size() == 2);
    }

    @Test
    void whatADeadMemberWasHandlingIsHandledAgain() throws Exception {
        GroupMember dead = broker.subscribe(TOPIC, GROUP, latch);
        produce(broker, "a", "b");
        latch.awaitEntered();
        broker.subscribe(TOPIC, GROUP, handled::add);
        dead.abandon();
        assertThat(dead.partitions()).isEmpty();
        eventually().until(() -> handled.size() == 2);
        assertThat(handled).extracting(Logs::text).containsExactly("a", "b");
        assertThat(broker.deadLetters(TOPIC).list(1)).isEmpty();
        dead.close();
    }

    @Test
    void anAbandonedHandlerCommitsNothingAndKeepsItsPartitionUntilItReturns() throws Exception {
        Latch stubborn = Latch.stubborn();
        GroupMember dead = broker.subscribe(TOPIC, GROUP, stubborn);
        produce(broker, "a");
        stubborn.awaitEntered();
        dead.abandon();
        broker.subscribe(TOPIC, GROUP, handled::add);
        stubborn.interrupted.await();
        assertThat(handled).isEmpty();
        stubborn.open.countDown();
        eventually().until(() -> handled.size() == 1);
    }

    @Test
    void leavingWaitsForTheHandlerAndCommits() throws Exception {
        GroupMember leaver = broker.subscribe(TOPIC, GROUP, latch);
        produce(broker, "a");
        latch.awaitEntered();
        Call close = Call.waiting(leaver::close);
        latch.open.countDown();
        assertThat(close.thrown()).isNull();
        assertThat(broker.committed(TOPIC, GROUP).values()).contains(1L);
    }

    @Test
    void aHandlerThatOutlivesTheDrainTimeoutIsInterruptedAndItsRecordGoesOn() throws Exception {
        GroupMember leaver = broker.subscribe(TOPIC, GROUP, latch);
        produce(broker, "a");
        latch.awaitEntered();
        leaver.close();
        assertThat(leaver.partitions()).isEmpty();
        broker.subscribe(TOPIC, GROUP, handled::add);
        eventually().until(() -> handled.size() == 1);
        assertThat(broker.deadLetters(TOPIC).list(1)).isEmpty();
    }

    @Test
    void aHandlerMayLeaveItsGroup() {
        CompletableFuture<GroupMember> self = new CompletableFuture<>();
        self.complete(broker.subscribe(TOPIC, GROUP, record -> {
            handled.add(record);
            self.join().close();
        }));
        produce(broker, "a", "b");
        eventually().until(() -> broker.committed(TOPIC, GROUP).containsValue(1L));
        List<PartitionRecord> next = Logs.list();
        broker.subscribe(TOPIC, GROUP, next::add);
        eventually().until(() -> next.size() == 1);
        assertThat(next).extracting(Logs::text).containsExactly("b");
        self.join().close();
    }

    @Test
    void aHandlerMayProduce() {
        broker.subscribe(TOPIC, GROUP, record -> {
            handled.add(record);
            if (Logs.text(record).length() < 4) {
                produce(broker, Logs.text(record) + "!");
            }
        });
        produce(broker, "a");
        eventually().until(() -> handled.size() == 4);
    }

    private static Set<Integer> sizes(Collection<GroupMember> members) {
        return Set.copyOf(members.stream().map(it -> it.partitions().size()).toList());
    }

    private static String keyOf(int partition) {
        for (int i = 0; ; i++) {
            if (KeyHash.partition("k" + i, PARTITIONS) == partition) {
                return "k" + i;
            }
        }
    }
}
