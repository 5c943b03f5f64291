package org.brokertck.reference.partitioned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.brokertck.reference.partitioned.Logs.GROUP;
import static org.brokertck.reference.partitioned.Logs.TOPIC;
import static org.brokertck.reference.partitioned.Logs.bytes;
import static org.brokertck.reference.partitioned.Logs.eventually;
import static org.brokertck.reference.partitioned.Logs.produce;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.partitioned.GroupMember;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.RecordDeadLetters;
import org.brokertck.api.partitioned.ShutdownReport;
import org.brokertck.reference.Call;
import org.brokertck.reference.Threads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ShutdownTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final InMemoryPartitionedBroker broker = Logs.open(PartitionedConfig.defaults(), 2);
    private final Latch latch = Latch.yielding();
    private final List<PartitionRecord> handled = Logs.list();

    @AfterEach
    void close() {
        latch.open.countDown();
        broker.close();
        assertThat(Threads.named("brokertck-test")).isEmpty();
    }

    @Test
    void everythingIsRefusedAfterwardsButTheMetrics() {
        RecordDeadLetters letters = broker.deadLetters(TOPIC);
        GroupMember member = broker.subscribe(TOPIC, GROUP, handled::add);
        produce(broker, "a");
        eventually().until(() -> Logs.committed(broker, GROUP) == 1);
        assertThat(broker.shutdown(LONG)).isEqualTo(ShutdownReport.CLEAN);

        KeyedMessage message = KeyedMessage.of("k", bytes("v"));
        List<ThrowingCallable> calls = List.of(
                () -> broker.createTopic(TOPIC, 2),
                () -> broker.createTopic("other", 1),
                () -> broker.produce(TOPIC, "k", bytes("v")),
                () -> broker.produce("unknown", message),
                () -> broker.produceAsync(TOPIC, message),
                () -> broker.produceBatch(TOPIC, List.of()),
                () -> broker.produceBatch(TOPIC, List.of(message)),
                () -> broker.subscribe(TOPIC, GROUP, handled::add),
                () -> broker.committed(TOPIC, GROUP),
                () -> broker.read(TOPIC, 0, 0, 1),
                () -> broker.deadLetters(TOPIC),
                () -> letters.list(1),
                letters::purge);
        calls.forEach(call -> assertThatThrownBy(call).isInstanceOf(ClosedException.class));
        assertThat(Logs.topicMetrics(broker).messagesConsumed()).isEqualTo(1);
        assertThat(member.partitions()).isEmpty();
        member.close();
        member.abandon();
        assertThat(broker.shutdown(Duration.ZERO)).isEqualTo(ShutdownReport.CLEAN);
    }

    @Test
    void handlersFinishAndNoneStarts() throws Exception {
        broker.subscribe(TOPIC, GROUP, record -> {
            latch.handle(record);
            handled.add(record);
        });
        produce(broker, "a", "b");
        latch.awaitEntered();
        CompletableFuture<ShutdownReport> report = CompletableFuture.supplyAsync(() -> broker.shutdown(LONG));
        eventually().until(() -> refuses());
        latch.open.countDown();
        assertThat(report.get(20, TimeUnit.SECONDS)).isEqualTo(ShutdownReport.CLEAN);
        assertThat(handled).hasSize(1);
        assertThat(Logs.topicMetrics(broker).messagesConsumed()).isEqualTo(1);
    }

    @Test
    void whatRunsAtTheDeadlineIsInterruptedAndTold() throws Exception {
        broker.subscribe(TOPIC, GROUP, latch);
        produce(broker, "a");
        latch.awaitEntered();
        assertThat(broker.shutdown(Duration.ofMillis(50))).isEqualTo(new ShutdownReport(0, 1));
        assertThat(latch.interrupted.getCount()).isZero();
        assertThat(Logs.topicMetrics(broker).messagesConsumed()).isZero();
        assertThat(broker.shutdown(LONG)).isEqualTo(new ShutdownReport(0, 1));
    }

    @Test
    void aHandlerThatIgnoresItsInterruptIsLeftBehindAndCountsNoMore() throws Exception {
        Latch stubborn = Latch.stubborn();
        broker.subscribe(TOPIC, GROUP, stubborn);
        produce(broker, "a");
        stubborn.awaitEntered();
        assertThat(broker.shutdown(Duration.ZERO)).isEqualTo(new ShutdownReport(0, 1));
        stubborn.open.countDown();
        eventually().until(() -> Threads.named("brokertck-test").isEmpty());
        assertThat(Logs.topicMetrics(broker).messagesConsumed()).isZero();
    }

    @Test
    void anIdleBrokerIsShutDownAtOnceCleanly() {
        broker.subscribe(TOPIC, GROUP, handled::add);
        broker.subscribe(TOPIC, "other", handled::add);
        assertThat(broker.shutdown(Duration.ZERO)).isEqualTo(ShutdownReport.CLEAN);
    }

    @Test
    void aHandlerMayShutItsBrokerDown() {
        CountDownLatch produced = new CountDownLatch(1);
        broker.subscribe(TOPIC, GROUP, record -> {
            handled.add(record);
            produced.await();
            broker.shutdown(LONG);
            broker.close();
        });
        produce(broker, "a");
        produce(broker, "b");
        produced.countDown();
        eventually().until(() -> Threads.named("brokertck-test").isEmpty());
        assertThat(handled).hasSize(1);
        assertThat(Logs.topicMetrics(broker).messagesConsumed()).isEqualTo(1);
    }

    @Test
    void anInterruptHastensIt() throws Exception {
        broker.subscribe(TOPIC, GROUP, latch);
        produce(broker, "a");
        latch.awaitEntered();
        Call call = Call.waiting(() -> broker.shutdown(LONG));
        call.thread.interrupt();
        assertThat(call.thrown()).isInstanceOf(OperationInterruptedException.class);
        assertThat(call.leftInterrupted()).isTrue();
        latch.interrupted.await();
    }

    @Test
    void anyNumberMayShutDownAtOnce() throws Exception {
        broker.subscribe(TOPIC, GROUP, latch);
        produce(broker, "a");
        latch.awaitEntered();
        List<Call> calls = List.of(
                Call.waiting(() -> broker.shutdown(LONG)), Call.waiting(broker::close), Call.waiting(broker::close));
        latch.open.countDown();
        calls.forEach(call -> assertThat(call.thrown()).isNull());
    }

    @Test
    void aNegativeDeadlineIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> broker.shutdown(Duration.ofMillis(-1)));
        produce(broker, "a");
        assertThat(broker.shutdown(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(ShutdownReport.CLEAN);
    }

    private boolean refuses() {
        try {
            produce(broker, "x");
            return false;
        } catch (ClosedException e) {
            return true;
        }
    }
}
