package org.brokertck.tck.partitioned;

import static org.brokertck.tck.partitioned.BrokerUnderTest.TOPIC;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.brokertck.tck.check.partitioned.NothingLost;
import org.brokertck.tck.history.partitioned.RecordedMember;
import org.brokertck.tck.scenario.Thrown;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.partitioned.PartitionedWorkload;
import org.brokertck.tck.workload.partitioned.PartitionedWorkloads;
import org.junit.jupiter.api.Test;

/** Whatever a handler does, the other records are delivered. */
public interface RecordHandlerRules extends PartitionedRules {
    @Test
    @Verifies("G-12")
    default void whateverARecordsHandlerThrowsTheNextRecordComes() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-12", 1)) {
            AtomicBoolean leaked = new AtomicBoolean();
            broker.subscribe(record -> {
                leaked.compareAndSet(false, Thread.currentThread().isInterrupted());
                String key = String.valueOf(record.key());
                if (!key.equals("calm")) {
                    Thrown.valueOf(key).happen();
                }
            });
            for (Thrown thrown : Thrown.values()) {
                broker.produce(Records.of(thrown.name(), "throws-" + thrown));
                broker.produce(Records.of("calm", "after-" + thrown));
                broker.require(
                        broker.happens(() -> broker.recorded().isSettled()),
                        "after a handler threw " + thrown.thrown().getClass().getName()
                                + " the next record was not delivered");
            }
            broker.require(
                    !leaked.get(), "the interrupt flag that a handler left behind was still set for the next record");
            broker.judgeSettled(new NothingLost());
        }
    }

    @Test
    @Verifies("G-12")
    default void aMemberThatReturnsLateHoldsUpNoOtherMember() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-12", 2)) {
            RecordGate gate = new RecordGate(timeouts().await().multipliedBy(2));
            RecordedMember late = broker.subscribe(gate);
            RecordedMember prompt = broker.subscribe(record -> {});
            broker.subscribe("another-group", record -> {});
            boolean divided = broker.happensWithin(
                    timeouts().await(),
                    () -> late.partitions().size() == 1 && prompt.partitions().size() == 1);
            broker.require(divided, "two members did not come to have one of two partitions each");
            broker.produceAll(Records.spread("r-", 30));
            long due = broker.recorded().history(List.of()).produces().stream()
                    .filter(it -> it.position() != null
                            && prompt.partitions().contains(it.position().partition()))
                    .count();
            broker.require(
                    broker.happens(() -> handledBy(broker, prompt) == due)
                            && broker.happens(() -> handledInGroup(broker, "another-group") == 30),
                    "while one member was late, another one of its group had handled %d of the %d records of its partition, and another group %d of 30"
                            .formatted(handledBy(broker, prompt), due, handledInGroup(broker, "another-group")));
            gate.open();
            broker.judgeSettled(new NothingLost());
        }
    }

    private static long handledBy(BrokerUnderTest broker, RecordedMember member) {
        return broker.recorded().history(List.of()).attempts().stream()
                .filter(it -> it.member().equals(member.name()) && it.succeeded())
                .count();
    }

    private static long handledInGroup(BrokerUnderTest broker, String group) {
        return broker.recorded().history(List.of()).attempts().stream()
                .filter(it -> it.group().equals(group) && it.succeeded())
                .count();
    }

    /** A handler may produce, also to its own topic, as long as there is room. */
    @Test
    @Verifies("G-12")
    default void aHandlerMayProduceAndSubscribe() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-12", 2)) {
            broker.createTopic("answers", 2);
            broker.subscribe("answers", "asker", record -> {});
            broker.subscribe(record -> {
                String key = String.valueOf(record.key());
                if (key.startsWith("question")) {
                    broker.recorded().produce("handler", "answers", Records.of(key, "answer-to-" + key));
                    broker.recorded().produce("handler", TOPIC, Records.of("echo", "echo-of-" + key));
                    broker.recorded()
                            .subscribe("answers", "group-of-" + key, it -> {})
                            .close();
                }
            });
            for (int i = 0; i < 5; i++) {
                broker.produce(Records.of("question-" + i, "question-" + i));
            }
            broker.await("the handling of 5 echoes", () -> handledInGroup(broker, BrokerUnderTest.GROUP) == 10);
            broker.require(
                    broker.happens(() -> handledInGroup(broker, "asker") == 5),
                    "5 answers were produced by a handler, and %d handled".formatted(handledInGroup(broker, "asker")));
        }
    }

    @Property
    @Verifies("G-12")
    default void failuresOfHandlersOfAllKindsStopNothing(
            @ForAll(supplier = PartitionedWorkloads.Failing.class) PartitionedWorkload workload) {
        PartitionedDriver.judge(this, "G-12", workload, new NothingLost());
    }
}
