package org.brokertck.tck.partitioned;

import static org.brokertck.tck.partitioned.BrokerUnderTest.GROUP;
import static org.brokertck.tck.partitioned.BrokerUnderTest.TOPIC;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.check.partitioned.CountsExact;
import org.brokertck.tck.check.partitioned.HandledAlone;
import org.brokertck.tck.check.partitioned.HandledOnce;
import org.brokertck.tck.check.partitioned.KeysInOrder;
import org.brokertck.tck.check.partitioned.NothingInvented;
import org.brokertck.tck.check.partitioned.NothingLost;
import org.brokertck.tck.check.partitioned.OnePartitionPerKey;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Every method may be called from many threads at once. */
public interface BrokerConcurrencyRules extends PartitionedRules {
    @Test
    @Verifies("G-4")
    default void allMethodsOfABrokerMayBeCalledAtOnce() {
        callAll(4, 3, scaled(600, 40));
    }

    @Property
    @Verifies("G-4")
    default void allMethodsOfABrokerMayBeCalledByAnyNumberOfThreads(
            @ForAll @IntRange(min = 1, max = 5) int producers, @ForAll @IntRange(min = 1, max = 4) int members) {
        callAll(producers, members, scaled(60, 10));
    }

    private void callAll(int producers, int members, int records) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-4", 5)) {
            broker.subscribe(record -> {});
            broker.subscribe("shipping", record -> {});
            List<Running<Boolean>> callers = new ArrayList<>();
            for (int p = 0; p < producers; p++) {
                String producer = "producer-" + p;
                callers.add(Bounded.startRun(producer, () -> produce(broker, producer, records)));
            }
            for (int m = 1; m < members; m++) {
                callers.add(Bounded.startRun("member", () -> broker.recorded().subscribe(TOPIC, GROUP, record -> {})));
            }
            callers.add(Bounded.startRun(
                    "joins and leaves",
                    () -> IntStream.range(0, 5)
                            .forEach(i -> broker.recorded()
                                    .subscribe(TOPIC, GROUP, record -> {})
                                    .close())));
            callers.add(Bounded.startRun(
                    "topics",
                    () -> IntStream.range(0, 10).forEach(i -> {
                        broker.unrecorded().createTopic(TOPIC, 5);
                        broker.unrecorded().createTopic("topic-" + i % 3, 2);
                    })));
            callers.add(Bounded.startRun(
                    "figures", () -> IntStream.range(0, 20).forEach(i -> look(broker.unrecorded()))));
            callers.forEach(it -> broker.join("a call among many", it));
            broker.judgeSettled(new NothingInvented()
                    .and(new NothingLost())
                    .and(new HandledOnce())
                    .and(new HandledAlone())
                    .and(new KeysInOrder())
                    .and(new OnePartitionPerKey()));
            broker.awaitMetrics(
                    "%d records are consumed by two groups".formatted(producers * records),
                    it -> it.of(TOPIC).messagesConsumed() == 2L * producers * records);
            List.of("topic-0", "topic-1", "topic-2").forEach(it -> broker.createTopic(it, 2));
            broker.metrics();
            broker.judge(new CountsExact());
        }
    }

    private static void produce(BrokerUnderTest broker, String producer, int records) {
        for (int i = 0; i < records; i++) {
            String id = producer + "-" + i;
            switch (i % 4) {
                case 0 -> broker.recorded().produce(producer, TOPIC, Records.of("key-" + i % 7, id));
                case 3 -> broker.recorded().produceBatch(producer, TOPIC, List.of(Records.of("key-" + i % 7, id)));
                default -> broker.recorded().produceAsync(producer, TOPIC, Records.of("key-" + i % 7, id));
            }
        }
    }

    private void look(PartitionedBroker broker) {
        broker.metrics();
        broker.deadLetters(TOPIC).list(5);
        broker.deadLetters(TOPIC).purge();
        if (claims(Capability.OFFSETS)) {
            broker.committed(TOPIC, GROUP);
        }
        if (claims(Capability.REPLAY)) {
            broker.read(TOPIC, 0, 0, 5);
        }
    }

    /** Of several that create one topic at once with different numbers of partitions, one number wins. */
    @Test
    @Verifies("G-4")
    default void aTopicCreatedByManyAtOnceIsCreatedOnce() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-4", 1)) {
            for (int round = 0; round < scaled(20, 3); round++) {
                String topic = "topic-" + round;
                AtomicInteger refused = new AtomicInteger();
                CompletableFuture<Boolean> go = new CompletableFuture<>();
                List<Running<Boolean>> creators = IntStream.range(0, 4)
                        .mapToObj(i -> Bounded.startRun("creator", () -> {
                            go.join();
                            try {
                                broker.unrecorded().createTopic(topic, 1 + i % 2);
                            } catch (IllegalArgumentException another) {
                                refused.incrementAndGet();
                            }
                        }))
                        .toList();
                go.complete(true);
                creators.forEach(it -> broker.join("createTopic by one of four", it));
                int partitions = broker.metrics().of(topic).partitions();
                broker.require(
                        refused.get() == 2 && (partitions == 1 || partitions == 2),
                        "two threads created a topic with 1 partition and two with 2: %d were refused, and it has %d"
                                .formatted(refused.get(), partitions));
            }
        }
    }
}
