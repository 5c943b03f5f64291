package org.brokertck.tck.partitioned;

import static org.brokertck.tck.partitioned.BrokerUnderTest.GROUP;
import static org.brokertck.tck.partitioned.BrokerUnderTest.TOPIC;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.partitioned.DeadRecord;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.partitioned.HandledOnce;
import org.brokertck.tck.check.partitioned.KeysInOrder;
import org.brokertck.tck.check.partitioned.NothingLost;
import org.brokertck.tck.check.partitioned.OnlyUncommittedAgain;
import org.brokertck.tck.history.partitioned.PartitionedHistory;
import org.brokertck.tck.history.partitioned.RecordAttempt;
import org.brokertck.tck.history.partitioned.RecordId;
import org.brokertck.tck.history.partitioned.RecordedMember;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.partitioned.PartitionedWorkload;
import org.brokertck.tck.workload.partitioned.PartitionedWorkloads;
import org.junit.jupiter.api.Test;

/** Members that come, go and die take nothing with them and repeat nothing that was committed. */
public interface RebalanceRules extends PartitionedRules {
    @Test
    @Verifies("L-10")
    default void aMemberThatLeavesHandsOverWhereItStopped() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-10", 2)) {
            RecordGate gate = new RecordGate(timeouts().await());
            RecordedMember leaver = broker.subscribe(record -> {
                if (RecordId.of(record).startsWith("held")) {
                    gate.handle(record);
                }
            });
            broker.produceAll(Records.spread("before-", 10));
            broker.awaitSettled();
            broker.produceAll(Records.spread("held-", 6));
            broker.await("the start of a handler", () -> gate.inside() >= 1);
            broker.subscribe(record -> {});
            var closing = org.brokertck.tck.time.Bounded.startRun("close of a member", leaver::close);
            broker.require(
                    broker.stays(StillWaiting.in(closing)),
                    "close of a member returned while its handler was running and time was left");
            gate.open();
            broker.join("close of a member", closing);
            broker.produceAll(Records.spread("after-", 10));
            broker.judgeSettled(new NothingLost().and(new HandledOnce()).and(new KeysInOrder()));
            requireGone(broker, leaver);
        }
    }

    @Test
    @Verifies("L-10")
    default void whatADeadMemberHadInHandIsHandledAgain() {
        die(RecordGate::handle);
    }

    /** A handler that does not listen to interrupts returns normally, long after its member was given up: that counts for nothing. */
    @Test
    @Verifies("L-10")
    default void whatADeadMemberReturnsAfterwardsCountsForNothing() {
        die((gate, record) -> {
            gate.handleStubbornly(record);
            Thread.interrupted();
        });
    }

    /** How a handler is held. */
    @FunctionalInterface
    interface Held {
        /** Holds the record. */
        void hold(RecordGate gate, org.brokertck.api.partitioned.PartitionRecord record) throws Exception;
    }

    private void die(Held held) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-10", 1)) {
            RecordGate gate = new RecordGate(timeouts().await());
            RecordedMember dying = broker.subscribe(record -> {
                if (RecordId.of(record).startsWith("held")) {
                    held.hold(gate, record);
                }
            });
            broker.produceAll(Records.ofKey("key", "before-", 5));
            broker.awaitSettled();
            broker.produceAll(Records.ofKey("key", "held-", 5));
            broker.await("the start of a handler", () -> gate.inside() == 1);
            broker.abandon(dying);
            broker.subscribe(record -> {});
            gate.open();
            broker.judgeSettled(new NothingLost().and(handedOn(dying)).and(new KeysInOrder()));
            requireAgain(broker, dying, "held-0");
            requireGone(broker, dying);
        }
    }

    /** Its interrupt makes the handler throw: where one attempt is permitted, that would be the last. */
    @Test
    @Verifies("L-10")
    default void whatADeadMemberThrowsAfterwardsCountsForNothing() {
        try (BrokerUnderTest broker =
                BrokerUnderTest.open(this, "L-10", 1, config().deliveryLimit(1).build())) {
            RecordGate gate = new RecordGate(timeouts().await());
            RecordedMember dying = broker.subscribe(gate);
            broker.produce(Records.of("key", "held"));
            broker.await("the start of a handler", () -> gate.inside() == 1);
            broker.abandon(dying);
            broker.subscribe(record -> {});
            broker.happensWithin(
                    timeouts().await(),
                    () -> broker.recorded().attempts() > 1
                            || !broker.deadRecords(TOPIC).isEmpty());
            List<DeadRecord> setAside = broker.deadRecords(TOPIC);
            broker.require(
                    broker.recorded().attempts() == 2 && setAside.isEmpty(),
                    "the handler of a member that was abandoned threw; of the record in its hand there were %d more attempts, and set aside are %s"
                            .formatted(broker.recorded().attempts() - 1, setAside));
        }
    }

    private static Check<PartitionedHistory> handedOn(RecordedMember dead) {
        return new OnlyUncommittedAgain()
                .and(history -> history.attempts().stream()
                        .filter(it -> it.member().equals(dead.name()) && it.id().startsWith("held"))
                        .skip(1)
                        .findFirst()
                        .map(it -> org.brokertck.tck.check.Verdict.invalid(
                                dead.name() + " was abandoned in its handler, and was given another record", it))
                        .orElseGet(org.brokertck.tck.check.Verdict::valid));
    }

    private static void requireAgain(BrokerUnderTest broker, RecordedMember dead, String id) {
        List<RecordAttempt> attempts = broker.history().attempts().stream()
                .filter(it -> it.id().equals(id) && !it.member().equals(dead.name()))
                .toList();
        broker.require(
                attempts.size() == 1 && attempts.get(0).succeeded(),
                "%s was in the hand of a member that died, and another member attempted it %d times"
                        .formatted(id, attempts.size()));
    }

    private static void requireGone(BrokerUnderTest broker, RecordedMember gone) {
        List<RecordAttempt> late = broker.history().attempts().stream()
                .filter(it -> it.member().equals(gone.name()))
                .filter(it -> it.id().startsWith("after"))
                .toList();
        broker.require(
                late.isEmpty(),
                gone.name() + " had left its group and was given " + late.size() + " more records",
                late.toArray(org.brokertck.tck.history.Moment[]::new));
    }

    /** All members gone, and some back: the group goes on where it stood. */
    @Test
    @Verifies("L-10")
    default void aGroupWithoutMembersKeepsWhatIsDueToIt() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-10", 3)) {
            for (int round = 0; round < 3; round++) {
                RecordedMember first = broker.subscribe(record -> {});
                RecordedMember second = broker.subscribe(record -> {});
                broker.produceAll(Records.spread("with-" + round + "-", 9));
                broker.awaitSettled();
                broker.leave(first);
                broker.abandon(second);
                broker.produceAll(Records.spread("without-" + round + "-", 9));
            }
            broker.subscribe(record -> {});
            broker.judgeSettled(
                    new NothingLost().and(new OnlyUncommittedAgain()).and(new KeysInOrder()));
        }
    }

    /** What is committed is committed, also in partitions that change hands again and again while nothing is left to do. */
    @Test
    @Verifies("L-10")
    default void changesAmongIdleMembersRepeatNothing() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-10", 4)) {
            broker.subscribe(record -> {});
            broker.produceAll(Records.spread("r-", 24));
            broker.awaitSettled();
            for (int i = 0; i < 6; i++) {
                RecordedMember guest = broker.subscribe(record -> {});
                broker.happensWithin(
                        timeouts().quiet(), () -> !guest.partitions().isEmpty());
                if (i % 2 == 0) {
                    broker.leave(guest);
                } else {
                    broker.abandon(guest);
                }
            }
            int attempts = broker.recorded().attempts();
            broker.stays(() -> broker.recorded().attempts() == attempts);
            broker.judgeSettled(new HandledOnce());
        }
    }

    @Test
    @Verifies("L-10")
    @Needs(capabilities = Capability.REMOTE)
    default void aMemberTakesOverFromAnInstanceThatIsClosed() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-10", 3)) {
            broker.subscribe(record -> {});
            try (BrokerUnderTest other = broker.beside(config().build())) {
                other.subscribe(record -> {});
                broker.produceAll(Records.spread("both-", 30));
                broker.awaitSettled();
            }
            broker.produceAll(Records.spread("one-", 30));
            broker.judgeSettled(new NothingLost().and(new HandledOnce()).and(new KeysInOrder()));
        }
    }

    @Property
    @Verifies("L-10")
    default void membersThatJoinLeaveDieAndStallLoseNothing(
            @ForAll(supplier = PartitionedWorkloads.Turmoil.class) PartitionedWorkload workload) {
        PartitionedDriver.judge(
                this,
                "L-10",
                workload,
                new NothingLost().and(new OnlyUncommittedAgain()).and(new KeysInOrder()));
    }

    /** One member after the other dies with a record in hand; each next one begins with that very record. */
    @Property
    @Verifies("L-10")
    default void aRowOfDeathsLosesNothing(@ForAll @IntRange(min = 1, max = 5) int deaths) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-10", 1)) {
            List<RecordGate> gates = IntStream.range(0, deaths)
                    .mapToObj(i -> new RecordGate(timeouts().await()))
                    .toList();
            RecordedMember member = null;
            for (int i = 0; i < deaths; i++) {
                int turn = i;
                RecordedMember next = broker.subscribe(GROUP, record -> {
                    if (RecordId.of(record).endsWith("-" + turn)) {
                        gates.get(turn).handle(record);
                    }
                });
                if (member == null) {
                    broker.produceAll(Records.ofKey("key", "r-", deaths + 2));
                }
                broker.await("the start of a handler", () -> gates.get(turn).inside() == 1);
                broker.abandon(next);
                member = next;
            }
            broker.subscribe(record -> {});
            gates.forEach(RecordGate::open);
            broker.judgeSettled(
                    new NothingLost().and(new OnlyUncommittedAgain()).and(new KeysInOrder()));
        }
    }
}
