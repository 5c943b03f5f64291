package org.brokertck.reference.partitioned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.brokertck.reference.partitioned.Logs.GROUP;
import static org.brokertck.reference.partitioned.Logs.TOPIC;
import static org.brokertck.reference.partitioned.Logs.bytes;
import static org.brokertck.reference.partitioned.Logs.eventually;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.Position;
import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.reference.Call;
import org.brokertck.reference.Threads;
import org.brokertck.reference.time.VirtualClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of the records is seen in the log
class LingerTest {
    private final VirtualClock clock = new VirtualClock();
    private final InMemoryPartitionedBroker broker = InMemoryPartitionedBroker.open(
            "linger",
            PartitionedConfig.builder()
                    .linger(Duration.ofSeconds(10))
                    .batchSize(3)
                    .partitionCapacity(5)
                    .build(),
            clock);

    @BeforeEach
    void create() {
        broker.createTopic(TOPIC, 1);
    }

    @AfterEach
    void close() {
        broker.close();
        assertThat(Threads.named("brokertck-linger")).isEmpty();
    }

    private CompletableFuture<Position> async(String value) {
        return broker.produceAsync(TOPIC, KeyedMessage.of("key", bytes(value)));
    }

    private List<PartitionRecord> log() {
        return broker.read(TOPIC, 0, 0, 99);
    }

    @Test
    void theLingerCountsFromTheFirstOfABatch() throws Exception {
        CompletableFuture<Position> first = async("a");
        clock.advance(Duration.ofSeconds(9));
        CompletableFuture<Position> second = async("b");
        clock.advance(Duration.ofSeconds(1).minusNanos(1));
        assertThat(log()).isEmpty();
        assertThat(first).isNotDone();
        clock.advance(Duration.ofNanos(1));
        assertThat(log()).extracting(Logs::text).containsExactly("a", "b");
        assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(new Position(0, 0));
        assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo(new Position(0, 1));
        assertThat(broker.metrics().batches()).isEqualTo(1);
    }

    @Test
    void aFullBatchDoesNotLinger() {
        async("a");
        async("b");
        assertThat(log()).isEmpty();
        async("c");
        assertThat(log()).hasSize(3);
        async("d");
        assertThat(log()).hasSize(3);
        assertThat(broker.metrics().batches()).isEqualTo(1);
    }

    @Test
    void aProduceWaitsForItsBatch() {
        Call call = Call.waiting(() -> Logs.produce(broker, "a"));
        assertThat(log()).isEmpty();
        clock.advance(Duration.ofSeconds(10));
        assertThat(call.thrown()).isNull();
        assertThat(log()).hasSize(1);
        assertThat(broker.metrics().p50Latency()).isBetween(Duration.ofMillis(9900), Duration.ofMillis(10_100));
    }

    @Test
    void anInterruptTakesTheRecordOutOfItsBatch() {
        Call call = Call.waiting(() -> Logs.produce(broker, "a"));
        async("b");
        call.thread.interrupt();
        assertThat(call.thrown()).isInstanceOf(OperationInterruptedException.class);
        assertThat(call.leftInterrupted()).isTrue();
        clock.advance(Duration.ofSeconds(10));
        assertThat(log()).extracting(Logs::text).containsExactly("b");
    }

    @Test
    void aBatchThatNothingMoreFitsIntoDoesNotLinger() {
        broker.subscribe(TOPIC, GROUP, record -> {}, StartFrom.LATEST).close();
        async("a");
        async("b");
        async("c");
        async("d");
        assertThat(log()).hasSize(3);
        async("e");
        assertThat(log()).hasSize(5);
        Call full = Call.waiting(() -> async("f"));
        broker.subscribe(TOPIC, GROUP, record -> {});
        assertThat(full.thrown()).isNull();
        eventually().until(() -> Logs.committed(broker, GROUP) == 6);
    }

    @Test
    void aShutdownSendsWhatLingersAndRefusesTheRest() throws Exception {
        CompletableFuture<Position> taken = async("a");
        Call waits = Call.waiting(() -> Logs.produce(broker, "b"));
        assertThat(broker.shutdown(Duration.ofSeconds(5)).isClean()).isTrue();
        assertThat(taken.get(20, TimeUnit.SECONDS).offset()).isZero();
        assertThat(waits.thrown()).isNull();
        assertThat(Logs.topicMetrics(broker).messagesProduced()).isEqualTo(2);
        assertThatThrownBy(() -> async("c")).isInstanceOf(ClosedException.class);
    }

    @Test
    void whatHangsOnAFutureMayCallTheBroker() throws Exception {
        CompletableFuture<Void> chained = async("a").thenRun(() -> Logs.produce(broker, "b"));
        clock.advance(Duration.ofSeconds(10));
        eventually().until(() -> {
            clock.advance(Duration.ofSeconds(10));
            return log().size() == 2;
        });
        chained.get(20, TimeUnit.SECONDS);
    }

    @Test
    void aBatchOfOneCallLingersOnce() {
        Call call = Call.waiting(() -> broker.produceBatch(
                TOPIC, List.of(KeyedMessage.of("k", bytes("a")), KeyedMessage.of("k", bytes("b")))));
        clock.advance(Duration.ofSeconds(10));
        assertThat(call.thrown()).isNull();
        assertThat(log()).extracting(Logs::text).containsExactly("a", "b");
    }
}
