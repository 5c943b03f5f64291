package org.brokertck.redis.partitioned;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.brokertck.api.ClosedException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.UnknownTopicException;
import org.brokertck.api.partitioned.DeadRecord;
import org.brokertck.api.partitioned.GroupMember;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.PartitionedMetrics;
import org.brokertck.api.partitioned.Position;
import org.brokertck.api.partitioned.RecordHandler;
import org.brokertck.api.partitioned.ShutdownReport;
import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.api.partitioned.TopicMetrics;
import org.brokertck.api.queue.Backoff;
import org.brokertck.redis.WithServer;
import org.junit.jupiter.api.Test;

/** What a partitioned broker does over a real server. */
class RedisPartitionedIT extends WithServer {
    private final String name = "it-" + System.nanoTime();

    @Test
    void whatIsProducedIsHandledWhereItWasSaidToBe() {
        PartitionedBroker log = open(config().build());
        log.createTopic("t", 3);
        Map<Position, String> produced = new ConcurrentHashMap<>();
        Map<Position, String> handled = new ConcurrentHashMap<>();
        log.subscribe("t", "g", record -> handled.put(position(record), text(record)));

        for (int i = 0; i < 300; i++) {
            produced.put(log.produce("t", "k" + i % 17, ("v" + i).getBytes(UTF_8)), "v" + i);
        }

        await().untilAsserted(() -> assertThat(handled).isEqualTo(produced));
        assertThat(log.committed("t", "other")).isEmpty();
        await().until(() -> log.committed("t", "g").values().stream()
                        .mapToLong(Long::longValue)
                        .sum()
                == 300);
        TopicMetrics metrics = Objects.requireNonNull(log.metrics().topics().get("t"));
        assertThat(metrics.messagesProduced()).isEqualTo(300);
        assertThat(metrics.messagesConsumed()).isEqualTo(300);
        assertThat(log.metrics().activeConnections()).isBetween(1, 3);
    }

    @Test
    void topicsAreThereOnceAndOthersUnknown() {
        PartitionedBroker log = open(config().build());
        PartitionedBroker other = open(config().build());
        log.createTopic("t", 3);
        other.createTopic("t", 3);
        assertThatThrownBy(() -> other.createTopic("t", 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> log.produce("u", null, new byte[0])).isInstanceOf(UnknownTopicException.class);
        assertThatThrownBy(() -> log.subscribe("u", "g", record -> {})).isInstanceOf(UnknownTopicException.class);
        assertThatThrownBy(() -> log.deadLetters("u")).isInstanceOf(UnknownTopicException.class);
    }

    @Test
    void aFullPartitionRefusesAndGoesOnWhenThereIsRoom() throws Exception {
        PartitionedBroker log = open(config().partitionCapacity(5).build());
        log.createTopic("t", 1);
        CountDownLatch gate = new CountDownLatch(1);
        GroupMember member = log.subscribe("t", "g", record -> gate.await());
        for (int i = 0; i < 5; i++) {
            assertThat(log.produce("t", "k", bytes(i))).isEqualTo(new Position(0, i));
        }

        assertThatThrownBy(() -> log.produce("t", "k", bytes(5))).isInstanceOf(QueueFullException.class);
        assertThatThrownBy(() -> log.produceAsync("t", KeyedMessage.of("k", bytes(5))))
                .isInstanceOf(QueueFullException.class);
        assertThatThrownBy(() -> log.produceBatch("t", List.of(KeyedMessage.of("k", bytes(5)))))
                .isInstanceOf(QueueFullException.class);
        PartitionedBroker patient = open(config().partitionCapacity(5)
                .produceTimeout(Duration.ofSeconds(20))
                .build());
        CompletableFuture<Position> waiting = CompletableFuture.supplyAsync(() -> patient.produce("t", "k", bytes(5)));
        gate.countDown();

        assertThat(waiting.get()).isEqualTo(new Position(0, 5));
        await().until(() -> log.committed("t", "g").equals(Map.of(0, 6L)));
        member.close();
        assertThat(log.read("t", 0, 0, 100)).hasSize(5);
    }

    @Test
    void producersThatWaitAreWokenByNewsNotByTime() throws Exception {
        PartitionedBroker log = open(config().partitionCapacity(1)
                .produceTimeout(Duration.ofSeconds(20))
                .build());
        log.createTopic("t", 1);
        log.subscribe("t", "g", record -> {});
        long begun = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            log.produce("t", "k", bytes(i));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void manyThreadsShareBatchesAndKeepOrder() {
        PartitionedBroker log = open(config().build());
        log.createTopic("t", 4);
        Queue<PartitionRecord> handled = new ConcurrentLinkedQueue<>();
        log.subscribe("t", "g", handled::add);

        List<CompletableFuture<Void>> threads = IntStream.range(0, 8)
                .mapToObj(thread -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 500; i++) {
                        log.produce("t", "k" + thread, bytes(i));
                    }
                }))
                .toList();
        threads.forEach(CompletableFuture::join);

        await().until(() -> handled.size() == 4000);
        PartitionedMetrics metrics = log.metrics();
        assertThat(metrics.batches()).isLessThan(4000);
        for (int thread = 0; thread < 8; thread++) {
            String key = "k" + thread;
            assertThat(handled.stream()
                            .filter(it -> key.equals(it.key()))
                            .map(RedisPartitionedIT::text)
                            .toList())
                    .isEqualTo(
                            IntStream.range(0, 500).mapToObj(Integer::toString).toList());
        }
    }

    @Test
    void acceptedRecordsComeInOrderAndAreFlushed() {
        PartitionedBroker log = open(config().build());
        log.createTopic("t", 2);
        List<CompletableFuture<Position>> futures = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            futures.add(log.produceAsync("t", KeyedMessage.of("k", bytes(i))));
        }

        assertThat(log.shutdown(Duration.ofSeconds(20))).isEqualTo(ShutdownReport.CLEAN);

        List<Long> offsets = futures.stream().map(it -> it.join().offset()).toList();
        assertThat(offsets)
                .isEqualTo(IntStream.range(0, 5000).mapToObj(Long::valueOf).toList());
    }

    @Test
    void aBatchIsWholeAndInOrder() {
        PartitionedBroker log = open(config().build());
        log.createTopic("t", 1);
        List<KeyedMessage> messages = IntStream.range(0, 700)
                .mapToObj(i -> KeyedMessage.of("k", bytes(i)))
                .toList();

        List<Position> positions = log.produceBatch("t", messages);

        assertThat(positions)
                .isEqualTo(IntStream.range(0, 700)
                        .mapToObj(i -> new Position(0, i))
                        .toList());
        assertThat(log.produceBatch("t", List.of())).isEmpty();
        List<String> read = new ArrayList<>();
        for (long from = 0; from < 700; from = read.size()) {
            log.read("t", 0, from, 300).forEach(record -> read.add(text(record)));
        }
        assertThat(read)
                .isEqualTo(IntStream.range(0, 700).mapToObj(Integer::toString).toList());
    }

    @Test
    void aRecordThatAlwaysFailsIsSetAside() {
        PartitionedBroker log = open(config().deliveryLimit(3).build());
        log.createTopic("t", 1);
        List<String> attempts = Collections.synchronizedList(new ArrayList<>());
        log.subscribe("t", "g", record -> {
            attempts.add(text(record));
            if (text(record).equals("1")) {
                throw new IllegalStateException("never");
            }
        });

        IntStream.range(0, 3).forEach(i -> log.produce("t", "k", bytes(i)));

        await().until(() -> attempts.size() == 5);
        assertThat(attempts).containsExactly("0", "1", "1", "1", "2");
        await().until(() -> log.committed("t", "g").equals(Map.of(0, 3L)));
        List<DeadRecord> dead = log.deadLetters("t").list(10);
        assertThat(dead).hasSize(1);
        assertThat(dead.get(0).attempts()).isEqualTo(3);
        assertThat(dead.get(0).group()).isEqualTo("g");
        assertThat(dead.get(0).failure().text()).isEqualTo("never");
        assertThat(dead.get(0).record()).isEqualTo(log.read("t", 0, 1, 1).get(0));
        assertThat(log.deadLetters("t").purge()).isEqualTo(1);
        assertThat(log.deadLetters("t").list(10)).isEmpty();
    }

    @Test
    void membersDivideThePartitionsAndHandThemOver() {
        PartitionedBroker log = open(config().build());
        PartitionedBroker other = open(config().build());
        log.createTopic("t", 6);
        Ownership ownership = new Ownership();
        AtomicBoolean stop = new AtomicBoolean();
        List<GroupMember> members = new ArrayList<>();
        CompletableFuture<Integer> producer = CompletableFuture.supplyAsync(() -> {
            int count = 0;
            while (!stop.get()) {
                log.produce("t", "k" + count % 50, bytes(count++));
            }
            return count;
        });

        for (int i = 0; i < 4; i++) {
            members.add((i % 2 == 0 ? log : other).subscribe("t", "g", ownership.handler(i)));
            awaitBalance(members, 6);
        }
        members.remove(0).close();
        awaitBalance(members, 6);
        members.remove(0).abandon();
        awaitBalance(members, 6);
        members.add(log.subscribe("t", "g", ownership.handler(9)));
        awaitBalance(members, 6);
        stop.set(true);
        int count = producer.join();

        await().until(() -> ownership.distinct() == count);
        assertThat(ownership.clashes).hasValue(0);
        assertThat(ownership.outOfOrder).isEmpty();
    }

    @Test
    void aGroupResumesAndNewOnesStartWhereTheyAreTold() {
        PartitionedBroker log = open(config().build());
        log.createTopic("t", 1);
        IntStream.range(0, 3).forEach(i -> log.produce("t", "k", bytes(i)));
        List<String> first = Collections.synchronizedList(new ArrayList<>());
        GroupMember member = log.subscribe("t", "g", record -> first.add(text(record)));
        await().until(() -> first.size() == 3);
        member.close();
        List<String> latest = Collections.synchronizedList(new ArrayList<>());
        log.subscribe("t", "late", record -> latest.add(text(record)), StartFrom.LATEST);
        log.produce("t", "k", bytes(3));
        log.close();

        PartitionedBroker again = open(config().build());
        again.subscribe("t", "g", record -> first.add(text(record)));

        await().until(() -> first.size() == 4);
        assertThat(first).containsExactly("0", "1", "2", "3");
        assertThat(latest).isSubsetOf("3");
    }

    @Test
    void oneConnectionIsEnough() {
        PartitionedBroker log = open(config().maxConnections(1).build());
        log.createTopic("t", 4);
        AtomicInteger handled = new AtomicInteger();
        log.subscribe("t", "a", record -> handled.incrementAndGet());
        log.subscribe("t", "b", record -> handled.incrementAndGet());
        IntStream.range(0, 200).forEach(i -> log.produce("t", "k" + i, bytes(i)));

        await().until(() -> handled.get() == 400);
        assertThat(log.metrics().activeConnections()).isEqualTo(1);
    }

    @Test
    void lostConnectionsAreReplacedAndNothingIsLostOrDoubled() {
        PartitionedBroker log =
                open(config().produceTimeout(Duration.ofSeconds(20)).build());
        log.createTopic("t", 2);
        Ownership ownership = new Ownership();
        log.subscribe("t", "g", ownership.handler(0));
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Integer> producer = CompletableFuture.supplyAsync(() -> {
            int count = 0;
            while (!stop.get()) {
                log.produce("t", "k" + count % 5, bytes(count++));
            }
            return count;
        });
        for (int round = 0; round < 10; round++) {
            int before = ownership.distinct();
            server.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            server.call("CLIENT", "KILL", "TYPE", "pubsub");
            await().until(() -> ownership.distinct() > before + 100);
        }
        stop.set(true);
        int count = producer.join();

        await().until(() -> ownership.distinct() == count);
        assertThat(ownership.handled.get()).isEqualTo(count);
        assertThat(ownership.outOfOrder).isEmpty();
        assertThat(log.metrics().topics().get("t"))
                .extracting(TopicMetrics::messagesProduced)
                .isEqualTo((long) count);
    }

    @Test
    void aStoppedHandlerIsInterruptedAtTheDeadlineAndItsRecordComesAgain() {
        PartitionedBroker log = open(config().build());
        log.createTopic("t", 1);
        CountDownLatch started = new CountDownLatch(1);
        log.subscribe("t", "g", record -> {
            started.countDown();
            new CountDownLatch(1).await();
        });
        log.produce("t", "k", bytes(0));
        await().until(() -> started.getCount() == 0);

        assertThat(log.shutdown(Duration.ofMillis(100))).isEqualTo(new ShutdownReport(0, 1));
        assertThatThrownBy(() -> log.produce("t", "k", bytes(1))).isInstanceOf(ClosedException.class);

        Queue<String> again = new ConcurrentLinkedQueue<>();
        open(config().build()).subscribe("t", "g", record -> again.add(text(record)));
        await().until(() -> again.size() == 1);
    }

    @Test
    void aHandlerMayShutItsBrokerDown() {
        PartitionedBroker log = open(config().build());
        log.createTopic("t", 1);
        log.subscribe("t", "g", record -> log.close());
        log.produce("t", "k", bytes(0));
        await().until(() -> {
            log.close();
            return true;
        });
        PartitionedBroker again = open(config().build());
        assertThat(again.committed("t", "g")).isEqualTo(Map.of(0, 1L));
    }

    @Test
    void nothingIsLeftOfARemovedBroker() {
        PartitionedBroker log = open(config().build());
        log.createTopic("t", 2);
        log.subscribe("t", "g", record -> {
            throw new IllegalStateException("never");
        });
        log.produce("t", "k", bytes(0));
        await().until(() -> !log.deadLetters("t").list(1).isEmpty());
        log.close();

        broker.removePartitioned(name);

        assertThat((List<?>) server.call("KEYS", "{brokertck-log:" + name + "}*"))
                .isEmpty();
    }

    private PartitionedBroker open(PartitionedConfig config) {
        return broker.openPartitioned(name, config);
    }

    private static PartitionedConfig.Builder config() {
        return PartitionedConfig.builder()
                .produceTimeout(Duration.ofMillis(500))
                .deliveryLimit(2)
                .backoff(Backoff.fixed(Duration.ofMillis(10)));
    }

    private static void awaitBalance(List<GroupMember> members, int partitions) {
        await().until(() -> {
            Set<Integer> all = new HashSet<>();
            List<Integer> counts = new ArrayList<>();
            for (GroupMember member : members) {
                Set<Integer> its = member.partitions();
                all.addAll(its);
                counts.add(its.size());
            }
            return all.size() == partitions
                    && counts.stream().mapToInt(Integer::intValue).sum() == partitions
                    && Collections.max(counts) - Collections.min(counts) <= 1;
        });
    }

    private static Position position(PartitionRecord record) {
        return new Position(record.partition(), record.offset());
    }

    private static String text(PartitionRecord record) {
        return new String(record.value(), UTF_8);
    }

    private static byte[] bytes(int number) {
        return Integer.toString(number).getBytes(UTF_8);
    }

    /** Watches who handles what. */
    private static final class Ownership {
        final AtomicInteger clashes = new AtomicInteger();
        final AtomicInteger handled = new AtomicInteger();
        final Queue<String> outOfOrder = new ConcurrentLinkedQueue<>();
        private final Map<Integer, Integer> busy = new ConcurrentHashMap<>();
        private final Map<Integer, Long> last = new ConcurrentHashMap<>();
        private final Set<Position> positions = ConcurrentHashMap.newKeySet();

        RecordHandler handler(int member) {
            return record -> {
                if (busy.putIfAbsent(record.partition(), member) != null) {
                    clashes.incrementAndGet();
                }
                handled.incrementAndGet();
                if (positions.add(position(record))
                        && last.merge(record.partition(), record.offset(), Math::max) > record.offset()) {
                    outOfOrder.add(record.toString());
                }
                busy.remove(record.partition());
            };
        }

        int distinct() {
            return positions.size();
        }
    }
}
