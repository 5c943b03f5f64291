package org.brokertck.tck.partitioned;

import static org.brokertck.tck.partitioned.BrokerUnderTest.TOPIC;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.partitioned.GroupMember;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.TopicMetrics;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.check.partitioned.NothingInvented;
import org.brokertck.tck.check.partitioned.NothingLost;
import org.brokertck.tck.history.partitioned.PartitionedHistory;
import org.brokertck.tck.history.partitioned.RecordProduce;
import org.brokertck.tck.run.Costly;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Interruptible;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** An interrupt ends every call that waits, and leaves nothing half done. */
public interface InterruptRules extends PartitionedRules {
    @Test
    @Verifies("G-9")
    @Needs(capabilities = Capability.BOUNDED)
    default void anInterruptEndsAnyProduceThatWaitsForRoom() {
        interrupted(1, 1);
    }

    /** A broker may send what somebody waits for at once; whoever lets it linger must take it back. */
    @Test
    @Verifies("G-9")
    default void anInterruptTakesBackWhatLingers() {
        PartitionedConfig config = config().linger(Duration.ofHours(1)).build();
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-9", 1, config)) {
            broker.subscribe(record -> {});
            Running<Boolean> call = Bounded.startRun("produce", () -> {
                try {
                    broker.recorded().produce("main", TOPIC, Records.of("key", "lingers"));
                } catch (OperationInterruptedException taken) {
                    // Then the record is refused; the history knows.
                }
            });
            broker.stays(StillWaiting.in(call));
            call.interrupt();
            broker.join("an interrupted produce", call);
            PartitionedHistory history = broker.history();
            broker.shutdown(timeouts().await());
            long handled = broker.recorded().attempts();
            boolean refused = history.produces().stream().noneMatch(RecordProduce::isAcknowledged);
            broker.require(
                    !refused || (handled == 0 && produced(broker) == 0),
                    "a produce was interrupted and refused; its record was handled %d times, and the broker counts %d produced"
                            .formatted(handled, produced(broker)));
        }
    }

    /** What was taken back may have set the timer of its batch; the next record still needs one. */
    @Test
    @Verifies("L-14")
    default void aRecordThatFollowsAnInterruptedOneLingersNoLonger() {
        PartitionedConfig config =
                config().linger(timeouts().quiet().multipliedBy(4)).build();
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-14", 1, config)) {
            broker.subscribe(record -> {});
            Running<Boolean> first = Bounded.startRun("produce", () -> {
                try {
                    broker.recorded().produce("main", TOPIC, Records.of("key", "interrupted"));
                } catch (OperationInterruptedException taken) {
                    // Then the record is refused; the history knows.
                }
            });
            broker.stays(StillWaiting.in(first));
            first.interrupt();
            broker.join("an interrupted produce", first);
            Running<Boolean> next = Bounded.startRun(
                    "produce", () -> broker.recorded().produce("next", TOPIC, Records.of("key", "next")));
            boolean sent = broker.happensWithin(config.linger().plus(timeouts().tolerance()), next::isDone);
            broker.require(
                    sent,
                    "a record that followed an interrupted one was not sent within %s, though its linger is %s"
                            .formatted(config.linger().plus(timeouts().tolerance()), config.linger()));
            broker.judgeSettled(new NothingInvented().and(new NothingLost()));
        }
    }

    private static long produced(BrokerUnderTest broker) {
        return broker.metrics().topics().values().stream()
                .mapToLong(TopicMetrics::messagesProduced)
                .sum();
    }

    @Property
    @Costly
    @Verifies("G-9")
    @Needs(capabilities = Capability.BOUNDED)
    default void interruptedProducesOfRecordsLeaveNothingHalfDone(
            @ForAll @IntRange(min = 1, max = 4) int capacity, @ForAll @IntRange(min = 1, max = 2) int blocked) {
        interrupted(capacity, blocked);
    }

    /** There is room, so that nothing need be waited for. An implementation may refuse it nevertheless; then nobody gets it. */
    @Property
    @Verifies("G-9")
    @Needs(inMemory = true)
    default void producesOfInterruptedThreadsAreWholeOrNot(@ForAll @Size(min = 1, max = 6) List<Boolean> interrupted) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-9", 1, config().build())) {
            broker.subscribe(record -> {});
            for (int i = 0; i < interrupted.size(); i++) {
                KeyedMessage message = Records.of("key", "interrupted-" + i);
                boolean flag = interrupted.get(i);
                broker.run("produce by a thread that is interrupted", () -> produceWith(broker, message, flag));
            }
            broker.produce(Records.of("key", "last"));
            broker.judgeSettled(new NothingInvented().and(new NothingLost()));
        }
    }

    private static void produceWith(BrokerUnderTest broker, KeyedMessage message, boolean interrupted) {
        broker.require(
                Interruptible.leavesFlag(interrupted, () -> broker.recorded().produce("interrupted", TOPIC, message)),
                "produce took away the interrupt flag of its thread");
    }

    private void interrupted(int capacity, int blocked) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this, "G-9", 1, config().partitionCapacity(capacity).build())) {
            RecordGate gate = new RecordGate(timeouts().await());
            broker.subscribe(gate);
            broker.produceAll(Records.ofKey("key", "fills-", capacity));
            for (int i = 0; i < blocked; i++) {
                KeyedMessage waiting = Records.of("key", "interrupted-" + i);
                interrupt(broker, "produce", () -> broker.recorded().produce("blocked", TOPIC, waiting));
                KeyedMessage async = Records.of("key", "interrupted-async-" + i);
                interrupt(broker, "produceAsync", () -> broker.recorded().produceAsync("blocked", TOPIC, async));
            }
            gate.open();
            broker.judgeSettled(new NothingInvented().and(new NothingLost()));
        }
    }

    @Test
    @Verifies("G-9")
    default void anInterruptEndsAShutdown() {
        interruptEnding(
                "shutdown",
                (broker, member) -> broker.unrecorded().shutdown(timeouts().await()));
    }

    @Test
    @Verifies("G-9")
    default void anInterruptEndsTheCloseOfAMember() {
        interruptEnding("close of a member", (broker, member) -> member.close());
    }

    /** A call that waits for a running handler. */
    @FunctionalInterface
    interface Ending {
        /** Makes the call. */
        void make(BrokerUnderTest broker, GroupMember member);
    }

    private void interruptEnding(String what, Ending ending) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-9", 1)) {
            RecordGate gate = new RecordGate(timeouts().await());
            var member = broker.subscribe(gate);
            broker.produceAll(Records.ofKey("key", "r-", 2));
            broker.await("the start of a handler", () -> gate.inside() == 1);
            interrupt(broker, what, () -> ending.make(broker, member));
            gate.open();
            broker.require(
                    broker.happensWithin(
                            timeouts().await(), () -> member.partitions().isEmpty()),
                    "after an interrupted " + what + " the member still has the partitions " + member.partitions());
            int attempts = broker.recorded().attempts();
            broker.require(
                    attempts == 1 && broker.stays(() -> broker.recorded().attempts() == attempts),
                    "after an interrupted " + what + " a handler was started");
            broker.closeNow();
        }
    }

    private static void interrupt(BrokerUnderTest broker, String what, Runnable blocking) {
        Interruptible<Boolean> call = Interruptible.startRun(what, blocking);
        broker.require(
                broker.stays(StillWaiting.in(call.running())),
                what + " did not wait, so there is nothing to interrupt");
        call.interrupt(broker.patience(), broker::refused, broker::require);
    }
}
