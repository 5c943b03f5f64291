package org.brokertck.tck.partitioned;

import static org.brokertck.tck.partitioned.BrokerUnderTest.GROUP;
import static org.brokertck.tck.partitioned.BrokerUnderTest.TOPIC;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.check.partitioned.HandledAlone;
import org.brokertck.tck.check.partitioned.NothingLost;
import org.brokertck.tck.check.partitioned.PartitionsDivided;
import org.brokertck.tck.history.partitioned.RecordAttempt;
import org.brokertck.tck.history.partitioned.RecordedMember;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.partitioned.PartitionedWorkload;
import org.brokertck.tck.workload.partitioned.PartitionedWorkloads;
import org.junit.jupiter.api.Test;

/** The members of a group divide the partitions among themselves, evenly, and never share one. */
public interface BalanceRules extends PartitionedRules {
    /** The seed's TestLoadBalancing: several consumers of a group receive their share of the messages. */
    @Test
    @Verifies("L-8")
    default void membersOfAGroupShareTheWork() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-8", 8)) {
            List<RecordedMember> members = join(broker, 4);
            awaitDivided(broker, 8, members);
            broker.produceAll(Records.spread("r-", 200));
            broker.judgeSettled(new NothingLost());
            Map<String, Long> handled = broker.history().attempts().stream()
                    .collect(Collectors.groupingBy(RecordAttempt::member, Collectors.counting()));
            // Two partitions of eight each: far from nothing, whatever the keys.
            members.forEach(it -> broker.require(
                    handled.getOrDefault(it.name(), 0L) >= 10,
                    "of 200 records over 8 partitions, the 4 members of a group handled " + handled));
            requireOwnPartitionsOnly(broker, members);
        }
    }

    @Test
    @Verifies("L-8")
    default void partitionsAreDividedAnewWhenMembersJoinAndLeave() {
        divide(7, List.of(1, 2, 3, 4, 5, 4, 2, 1, 3));
    }

    @Test
    @Verifies("L-8")
    default void membersThatAreOneTooManyIdle() {
        divide(2, List.of(1, 2, 3, 5, 2));
    }

    @Property
    @Verifies("L-8")
    default void partitionsAreDividedAmongAnyNumberOfMembers(
            @ForAll @IntRange(min = 1, max = 9) int partitions,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 6) Integer> sizes) {
        divide(partitions, sizes);
    }

    /** The group grows and shrinks to each of these sizes; the eldest and the youngest leave in turn, by closing and by dying. */
    private void divide(int partitions, List<Integer> sizes) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-8", partitions)) {
            List<RecordedMember> members = new ArrayList<>();
            for (int size : sizes) {
                while (members.size() < size) {
                    members.add(broker.subscribe(record -> {}));
                }
                while (members.size() > size) {
                    boolean even = members.size() % 2 == 0;
                    RecordedMember gone = members.remove(even ? 0 : members.size() - 1);
                    if (even) {
                        broker.leave(gone);
                    } else {
                        broker.abandon(gone);
                    }
                    broker.require(
                            broker.happensWithin(
                                    timeouts().await(), () -> gone.partitions().isEmpty()),
                            gone.name() + " has left its group and still has the partitions " + gone.partitions());
                }
                awaitDivided(broker, partitions, members);
            }
            broker.produceAll(Records.spread("r-", 4 * partitions));
            broker.judgeSettled(new NothingLost());
        }
    }

    @Test
    @Verifies("L-8")
    default void groupsDivideThePartitionsEachForItself() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-8", 5)) {
            List<RecordedMember> first = join(broker, 3);
            RecordedMember second = broker.subscribe("shipping", record -> {});
            broker.createTopic("other", 3);
            RecordedMember other = broker.subscribe("other", GROUP, record -> {});
            awaitDivided(broker, 5, first);
            awaitDivided(broker, 5, List.of(second));
            awaitDivided(broker, 3, List.of(other));
        }
    }

    @Test
    @Verifies("L-8")
    @Needs(capabilities = Capability.REMOTE)
    default void membersOfSeveralInstancesDivideThePartitions() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-8", 5);
                BrokerUnderTest other = broker.beside(config().build())) {
            List<RecordedMember> members = new ArrayList<>(join(broker, 2));
            members.addAll(join(other, 2));
            awaitDivided(broker, 5, members);
            broker.produceAll(Records.spread("r-", 30));
            broker.judgeSettled(new NothingLost());
            other.closeNow();
            awaitDivided(broker, 5, members.subList(0, 2));
            broker.produceAll(Records.spread("after-", 30));
            broker.judgeSettled(new NothingLost());
        }
    }

    private static List<RecordedMember> join(BrokerUnderTest broker, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> broker.subscribe(record -> {}))
                .toList();
    }

    private void awaitDivided(BrokerUnderTest broker, int partitions, List<RecordedMember> members) {
        Map<String, Set<Integer>> last = Polling.until(
                timeouts().await(),
                () -> broker.call("partitions", timeouts().await(), () -> partitionsOf(members)),
                it -> PartitionsDivided.wrong(partitions, it).isEmpty());
        String wrong = PartitionsDivided.wrong(partitions, last);
        broker.require(
                wrong.isEmpty(),
                "%d members did not come to divide %d partitions evenly: %s, after %d ms"
                        .formatted(
                                members.size(),
                                partitions,
                                wrong,
                                timeouts().await().toMillis()));
    }

    private static Map<String, Set<Integer>> partitionsOf(List<RecordedMember> members) {
        Map<String, Set<Integer>> partitions = new LinkedHashMap<>();
        members.forEach(it -> partitions.put(it.name(), Set.copyOf(it.partitions())));
        return partitions;
    }

    private static void requireOwnPartitionsOnly(BrokerUnderTest broker, List<RecordedMember> members) {
        Map<String, Set<Integer>> partitions = partitionsOf(members);
        for (RecordAttempt attempt : broker.history().attempts()) {
            Set<Integer> own = partitions.getOrDefault(attempt.member(), Set.of());
            broker.require(
                    own.contains(attempt.partition()),
                    "%s handled a record of partition %d, and says that its partitions are %s"
                            .formatted(attempt.member(), attempt.partition(), own),
                    attempt);
        }
    }

    @Test
    @Verifies("L-9")
    default void aPartitionIsHandledByOneHandlerAtATime() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-9", 3)) {
            for (int i = 0; i < 4; i++) {
                broker.subscribe(record ->
                        LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(300_000)));
            }
            broker.produceAll(Records.spread("r-", 120));
            broker.judgeSettled(new HandledAlone());
        }
    }

    /** A record in hand keeps its partition from everybody else, however many join. */
    @Test
    @Verifies("L-9")
    default void aPartitionIsTakenOverOnlyWhenItsHandlerHasReturned() {
        takeOver(false);
    }

    @Test
    @Verifies("L-9")
    default void aPartitionOfTheDeadIsTakenOverOnlyWhenItsHandlerHasReturned() {
        takeOver(true);
    }

    private void takeOver(boolean dies) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-9", 2)) {
            RecordGate gate = new RecordGate(timeouts().await());
            RecordedMember first = broker.subscribe(gate::handleStubbornly);
            broker.produceAll(Records.spread("held-", 12));
            broker.await("the start of a handler", () -> gate.inside() >= 1);
            // One that has a thread for each partition holds both.
            broker.stays(() -> gate.inside() < 2);
            for (int i = 0; i < 2; i++) {
                broker.subscribe(record -> {});
            }
            if (dies) {
                broker.abandon(first);
            }
            broker.stays(() -> true);
            gate.open();
            broker.judgeSettled(new HandledAlone());
        }
    }

    @Test
    @Verifies("L-9")
    default void partitionsKeepTheirHandlersApartWhileMembersComeAndGo() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-9", 4)) {
            broker.subscribe(record -> LockSupport.parkNanos(50_000));
            List<Running<Boolean>> guests = IntStream.range(0, 3)
                    .mapToObj(g -> Bounded.startRun("guest-" + g, () -> comeAndGo(broker, g)))
                    .toList();
            broker.produceAll(Records.spread("r-", scaled(600, 60)));
            guests.forEach(it -> broker.join("joining and leaving", it));
            broker.judgeSettled(new HandledAlone());
        }
    }

    private void comeAndGo(BrokerUnderTest broker, int guest) {
        for (int i = 0; i < 5; i++) {
            RecordedMember member = broker.recorded().subscribe(TOPIC, GROUP, record -> LockSupport.parkNanos(100_000));
            int seen = broker.recorded().attempts() + 20;
            broker.recorded()
                    .await(
                            () -> broker.recorded().attempts() >= seen,
                            timeouts().quiet().dividedBy(8));
            if ((i + guest) % 2 == 0) {
                member.close();
            } else {
                member.abandon();
            }
        }
    }

    @Property
    @Verifies("L-9")
    default void partitionsKeepTheirHandlersApartWhateverHappensToMembers(
            @ForAll(supplier = PartitionedWorkloads.Turmoil.class) PartitionedWorkload workload) {
        PartitionedDriver.judge(this, "L-9", workload, new HandledAlone());
    }
}
