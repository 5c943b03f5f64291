package org.brokertck.tck.faulty.partitioned.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.brokertck.api.ClosedException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.partitioned.GroupMember;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.Position;
import org.brokertck.api.partitioned.ShutdownReport;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.tck.time.TckTimeouts;
import org.junit.jupiter.api.Test;

/** What the plain broker does, without the kit: the ground that the faults stand on. */
class PlainScenariosTest {
    private final BlockingQueue<PartitionRecord> handled = new LinkedBlockingQueue<>();

    @Test
    void recordsArriveWithTheirPositionsInOrder() throws InterruptedException {
        try (PartitionedBroker broker = open(config().build())) {
            broker.createTopic("t", 1);
            broker.subscribe("t", "g", handled::add);

            List<Position> positions = List.of(
                    broker.produce("t", "a", bytes("1")),
                    broker.produce("t", "b", bytes("2")),
                    broker.produceAsync("t", KeyedMessage.of("a", bytes("3"))).join());

            assertThat(positions).extracting(Position::offset).containsExactly(0L, 1L, 2L);
            assertThat(values(3)).containsExactly("1", "2", "3");
        }
    }

    @Test
    void aFailingRecordIsTriedInPlaceAndThenParked() throws InterruptedException {
        try (PartitionedBroker broker = open(config().deliveryLimit(3).build())) {
            broker.createTopic("t", 1);
            broker.subscribe("t", "g", record -> {
                handled.add(record);
                if (record.offset() == 0) {
                    throw new IllegalStateException("never");
                }
            });

            broker.produceBatch("t", List.of(KeyedMessage.of("a", bytes("bad")), KeyedMessage.of("a", bytes("good"))));

            assertThat(values(4)).containsExactly("bad", "bad", "bad", "good");
            assertThat(broker.deadLetters("t").list(10)).singleElement().satisfies(it -> {
                assertThat(it.attempts()).isEqualTo(3);
                assertThat(it.group()).isEqualTo("g");
            });
        }
    }

    @Test
    void aNewOwnerWaitsForTheHandlerOfTheOldOneAndRepeatsWhatWasAbandoned() throws InterruptedException {
        try (PartitionedBroker broker = open(config().build())) {
            broker.createTopic("t", 1);
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            GroupMember first = broker.subscribe("t", "g", record -> {
                started.countDown();
                awaitUninterruptibly(end);
            });
            GroupMember second = broker.subscribe("t", "g", handled::add);
            broker.produce("t", "a", bytes("1"));
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();

            first.abandon();

            assertThat(first.partitions()).isEmpty();
            assertThat(handled).isEmpty();
            end.countDown();
            assertThat(values(1)).containsExactly("1");
            assertThat(second.partitions()).containsExactly(0);
        }
    }

    @Test
    void aBatchLingersForItsFirstRecord() throws InterruptedException {
        VirtualTime virtual = PlainTarget.of("plain", PlainPartitionedBroker::new)
                .virtualTime()
                .orElseThrow();
        try (PartitionedBroker broker = virtual.target()
                .openPartitioned("b", config().linger(Duration.ofSeconds(10)).build())) {
            broker.createTopic("t", 1);
            broker.subscribe("t", "g", handled::add);
            CompletableFuture<Position> first = broker.produceAsync("t", KeyedMessage.of("a", bytes("1")));
            virtual.clock().advance(Duration.ofSeconds(9));
            broker.produceAsync("t", KeyedMessage.of("a", bytes("2")));
            assertThat(first).isNotDone();

            virtual.clock().advance(Duration.ofSeconds(1));

            assertThat(values(2)).containsExactly("1", "2");
            assertThat(broker.metrics().batches()).isEqualTo(1);
            assertThat(broker.metrics().p99Latency()).isBetween(Duration.ofMillis(9_900), Duration.ofMillis(10_100));
        }
    }

    @Test
    void aFullPartitionRefusesUntilAGroupHasHandledSomething() throws InterruptedException {
        PartitionedConfig config =
                config().partitionCapacity(2).produceTimeout(Duration.ZERO).build();
        try (PartitionedBroker broker = open(config)) {
            broker.createTopic("t", 1);
            broker.produceBatch("t", List.of(KeyedMessage.of("a", bytes("0")), KeyedMessage.of("a", bytes("1"))));
            broker.produce("t", "a", bytes("2"));
            assertThat(broker.read("t", 0, 0, 10))
                    .extracting(PartitionRecord::offset)
                    .containsExactly(1L, 2L);
            broker.subscribe("t", "g", record -> {}).close();
            assertThatThrownBy(() -> {
                        broker.produce("t", "a", bytes("3"));
                        broker.produce("t", "a", bytes("4"));
                        broker.produce("t", "a", bytes("5"));
                    })
                    .isInstanceOf(QueueFullException.class);
        }
    }

    @Test
    void aShutdownTellsWhomItInterrupted() throws InterruptedException {
        PartitionedBroker broker = open(config().build());
        broker.createTopic("t", 1);
        CountDownLatch started = new CountDownLatch(1);
        broker.subscribe("t", "g", record -> {
            started.countDown();
            new CountDownLatch(1).await();
        });
        broker.produce("t", "a", bytes("1"));
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(broker.shutdown(TckTimeouts.current().quiet())).isEqualTo(new ShutdownReport(0, 1));
        assertThat(broker.shutdown(Duration.ZERO)).isEqualTo(new ShutdownReport(0, 1));
        assertThatThrownBy(() -> broker.produce("t", "a", bytes("2"))).isInstanceOf(ClosedException.class);
    }

    /** The time comes between the look and the wait. */
    @Test
    void aRetryThatComesDueWhileItIsLookedAtIsTried() throws InterruptedException {
        PartitionedBroker broker = new PlainPartitionedBroker(Opening.of("b", config().build())) {
            @Override
            protected boolean isDue(Slot slot) {
                boolean due = super.isDue(slot);
                while (!super.isDue(slot)) {
                    Thread.onSpinWait();
                }
                return due;
            }
        };
        try (broker) {
            broker.createTopic("t", 1);
            AtomicInteger attempts = new AtomicInteger();
            broker.subscribe("t", "g", record -> {
                handled.add(record);
                if (attempts.incrementAndGet() == 1) {
                    throw new IllegalStateException("so that it comes again");
                }
            });

            broker.produce("t", "a", bytes("1"));

            assertThat(values(2)).containsExactly("1", "1");
        }
    }

    /** As above. */
    @Test
    void aBatchThatRipensWhileItIsLookedAtIsSent() {
        PartitionedBroker broker =
                new PlainPartitionedBroker(
                        Opening.of("b", config().linger(Duration.ofMillis(1)).build())) {
                    @Override
                    protected boolean isRipe() {
                        boolean ripe = super.isRipe();
                        while (!gathered.isEmpty() && !super.isRipe()) {
                            Thread.onSpinWait();
                        }
                        return ripe;
                    }
                };
        try (broker) {
            broker.createTopic("t", 1);
            broker.produce("t", "a", bytes("the sender starts with a look of its own"));

            assertThat(broker.produceAsync("t", KeyedMessage.of("a", bytes("1"))))
                    .succeedsWithin(Duration.ofSeconds(10));
        }
    }

    private static PartitionedBroker open(PartitionedConfig config) {
        return new PlainPartitionedBroker(Opening.of("b", config));
    }

    private static PartitionedConfig.Builder config() {
        return PartitionedConfig.builder().backoff(Backoff.fixed(Duration.ofMillis(1)));
    }

    private List<String> values(int count) throws InterruptedException {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            PartitionRecord record = handled.poll(10, TimeUnit.SECONDS);
            values.add(record == null ? "nothing" : new String(record.value(), StandardCharsets.UTF_8));
        }
        return values;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // Whoever abandons a member interrupts it; this handler pays no heed.
            }
        }
    }
}
