package org.brokertck.tck.partitioned;

import static org.brokertck.tck.partitioned.BrokerUnderTest.GROUP;
import static org.brokertck.tck.partitioned.BrokerUnderTest.TOPIC;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.Position;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.check.partitioned.CommitsForward;
import org.brokertck.tck.check.partitioned.HandledOnce;
import org.brokertck.tck.check.partitioned.KeysInOrder;
import org.brokertck.tck.check.partitioned.NothingLost;
import org.brokertck.tck.check.partitioned.OnlyUncommittedAgain;
import org.brokertck.tck.history.partitioned.RecordAttempt;
import org.brokertck.tck.history.partitioned.RecordedMember;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.partitioned.PartitionedWorkload;
import org.brokertck.tck.workload.partitioned.PartitionedWorkloads;
import org.junit.jupiter.api.Test;

/** A group goes on after its last committed record, however long it was away. */
public interface ResumeRules extends PartitionedRules {
    @Test
    @Verifies("L-11")
    default void aGroupThatSubscribesAgainGoesOnWhereItStopped() {
        resume(List.of(10, 1, 0, 25), 3);
    }

    @Property
    @Verifies("L-11")
    default void aGroupGoesOnAfterAnyNumberOfAbsences(
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 12) Integer> produced,
            @ForAll @IntRange(min = 1, max = 5) int partitions) {
        resume(produced, partitions);
    }

    private void resume(List<Integer> produced, int partitions) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-11", partitions)) {
            broker.leave(broker.subscribe(record -> {}));
            for (int round = 0; round < produced.size(); round++) {
                int count = produced.get(round);
                broker.produceAll(Records.spread("away-" + round + "-", count));
                RecordedMember member = broker.subscribe(record -> {});
                broker.produceAll(Records.spread("there-" + round + "-", count));
                broker.awaitSettled();
                broker.leave(member);
            }
            broker.judgeSettled(new NothingLost().and(new HandledOnce()).and(new KeysInOrder()));
        }
    }

    /** A member that stops in the middle of a long row hands over at the record where it stopped. */
    @Test
    @Verifies("L-11")
    default void aGroupThatStopsInTheMiddleGoesOnInTheMiddle() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-11", 2)) {
            RecordGate gate = new RecordGate(timeouts().await());
            RecordedMember first = broker.subscribe(record -> {
                if (broker.recorded().attempts() >= 20) {
                    gate.handle(record);
                }
            });
            broker.produceAll(Records.spread("r-", 60));
            broker.await("the start of twenty handlers", () -> gate.inside() >= 1);
            var closing = org.brokertck.tck.time.Bounded.startRun("close of a member", first::close);
            broker.stays(StillWaiting.in(closing));
            gate.open();
            broker.join("close of a member", closing);
            int stopped = broker.recorded().attempts();
            broker.require(
                    broker.stays(() -> broker.recorded().attempts() == stopped),
                    "a handler was started though the only member of its group had left");
            broker.subscribe(record -> {});
            broker.judgeSettled(new NothingLost().and(new HandledOnce()).and(new KeysInOrder()));
        }
    }

    @Test
    @Verifies("L-11")
    @Needs(capabilities = Capability.REMOTE)
    default void aGroupGoesOnWhenItsBrokerIsOpenedAgain() {
        List<KeyedMessage> before = Records.spread("before-", 20);
        List<KeyedMessage> away = Records.spread("away-", 20);
        String name;
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-11", 3)) {
            name = broker.name();
            RecordedMember member = broker.subscribe(record -> {});
            broker.produceAll(before);
            broker.awaitSettled();
            broker.leave(member);
            broker.produceAll(away);
            broker.closeForReopening();
        }
        try (BrokerUnderTest again = BrokerUnderTest.open(this, target(), "L-11", name, 3, config().build())) {
            again.subscribe(record -> {});
            again.happens(() -> again.recorded().attempts() >= away.size());
            again.stays(() -> again.recorded().attempts() <= away.size());
            List<String> handled = again.history().attempts().stream()
                    .map(RecordAttempt::id)
                    .sorted()
                    .toList();
            List<String> due = away.stream()
                    .map(org.brokertck.tck.history.partitioned.RecordId::of)
                    .sorted()
                    .toList();
            again.require(
                    handled.equals(due),
                    "a group that had handled before-… was due away-…, and was given " + handled
                            + " when its broker was opened again");
        }
    }

    @Test
    @Verifies("L-11")
    @Needs(capabilities = Capability.OFFSETS)
    default void whatIsCommittedIsTheOffsetAfterTheLastRecordHandled() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-11", 3)) {
            broker.require(
                    broker.committed("nobody").isEmpty(),
                    "a group that nobody subscribed has committed " + broker.committed("nobody"));
            broker.subscribe(record -> {
                if (record.key() != null && record.key().endsWith("7")) {
                    throw new IllegalStateException("so that it is set aside");
                }
            });
            Map<Integer, Long> ends = new TreeMap<>();
            for (KeyedMessage message : Records.spread("r-", 40)) {
                Position position = broker.produce(message);
                ends.merge(position.partition(), position.offset() + 1, Math::max);
            }
            broker.awaitSettled();
            requireCommitted(broker, ends);
            broker.abandon(broker.subscribe(record -> {}));
            requireCommitted(broker, ends);
            broker.judgeSettled(new CommitsForward());
        }
    }

    private void requireCommitted(BrokerUnderTest broker, Map<Integer, Long> ends) {
        Map<Integer, Long> committed = Polling.until(
                timeouts().await(),
                () -> broker.committed(GROUP),
                it -> it.entrySet().containsAll(ends.entrySet()));
        broker.require(
                committed.entrySet().containsAll(ends.entrySet()),
                "the partitions end at %s and are handled to their ends, but committed are %s"
                        .formatted(ends, new TreeMap<>(committed)));
    }

    @Test
    @Verifies("L-11")
    @Needs(capabilities = Capability.OFFSETS)
    default void aRecordInHandIsNotCommitted() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-11", 1)) {
            RecordGate gate = new RecordGate(timeouts().await());
            broker.subscribe(record -> {
                if (record.offset() == 3) {
                    gate.handle(record);
                }
            });
            broker.produceAll(Records.numbered(6, 2));
            broker.await("the start of a handler", () -> gate.inside() == 1);
            requireCommitted(broker, Map.of(0, 3L));
            broker.require(
                    broker.stays(() -> true) && broker.committed(GROUP).equals(Map.of(0, 3L)),
                    "offset 3 is in hand, and committed is " + broker.committed(GROUP));
            gate.open();
            requireCommitted(broker, Map.of(0, 6L));
        }
    }

    @Property
    @Verifies("L-11")
    @Needs(capabilities = Capability.OFFSETS)
    default void whatIsCommittedNeverGoesBack(
            @ForAll(supplier = PartitionedWorkloads.Turmoil.class) PartitionedWorkload workload) {
        PartitionedDriver.judgeSampled(
                this,
                "L-11",
                workload,
                recorded -> recorded.committed(TOPIC, PartitionedWorkloads.EVERY_GROUP),
                new CommitsForward().and(new OnlyUncommittedAgain()));
    }

    /** A broker that does not tell offsets says so, rather than to tell wrong ones. */
    @Test
    @Verifies("L-11")
    default void aBrokerTellsWhereAGroupStandsOrRefusesTo() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-11", 1)) {
            broker.subscribe(record -> {});
            Position position = broker.produce(Records.of("key", "one"));
            broker.awaitSettled();
            if (claims(Capability.OFFSETS)) {
                requireCommitted(broker, Map.of(0, 1L));
                return;
            }
            broker.refused(
                    UnsupportedOperationException.class,
                    "committed without the capability 'offsets'",
                    () -> broker.unrecorded().committed(TOPIC, GROUP));
            long delivered = broker.history().attempts().get(0).record().offset();
            broker.require(
                    position.offset() == Position.UNKNOWN_OFFSET && delivered == Position.UNKNOWN_OFFSET,
                    "the target does not declare 'offsets', for which -1 stands; produce told offset %d, and %d was delivered"
                            .formatted(position.offset(), delivered));
        }
    }
}
