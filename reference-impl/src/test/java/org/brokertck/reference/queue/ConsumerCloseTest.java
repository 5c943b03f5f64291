package org.brokertck.reference.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brokertck.reference.Waits.eventually;
import static org.brokertck.reference.queue.Messages.message;
import static org.brokertck.reference.queue.Messages.untilConsumed;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.reference.Call;
import org.brokertck.reference.Threads;
import org.brokertck.reference.time.VirtualClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConsumerCloseTest {
    private static final Duration DRAIN = Duration.ofHours(1);

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryQueue queue = InMemoryQueue.open(
            "consumers", QueueConfig.builder().drainTimeout(DRAIN).build(), clock);
    private final Gate gate = new Gate();

    @AfterEach
    void noThreadIsLeft() {
        gate.open.countDown();
        queue.close();
        assertThat(Threads.named("brokertck-consumers-")).isEmpty();
    }

    @Test
    void closingAnIdleConsumerEndsItsThreadAndTakesNothing() {
        Consumer idle = queue.consume(gate);
        assertThat(Threads.named("brokertck-consumers-consumer-1")).hasSize(1);

        idle.close();
        idle.close();

        assertThat(Threads.named("brokertck-consumers-")).isEmpty();
        queue.produce(message("m"));
        assertThat(queue.metrics()).isEqualTo(new QueueMetrics(1, 0, 0, 0, 0));
    }

    @Test
    void aClosedConsumerFinishesItsHandlerAndLeavesTheRestToTheOthersInOrder() throws Exception {
        Consumer closing = queue.consume(gate);
        List.of("m", "a", "b").forEach(id -> queue.produce(message(id)));
        gate.awaitEntered(1);
        Call close = Call.waiting(closing::close);
        List<String> handled = new CopyOnWriteArrayList<>();
        queue.consume(attempt -> handled.add(attempt.id()));
        untilConsumed(queue, 2);
        assertThat(handled).containsExactly("a", "b");

        gate.open.countDown();

        assertThat(close.thrown()).isNull();
        assertThat(queue.metrics()).isEqualTo(new QueueMetrics(3, 3, 0, 0, 0));
    }

    @Test
    void aHandlerMayCloseItsOwnConsumer() {
        CompletableFuture<Consumer> self = new CompletableFuture<>();
        self.complete(queue.consume(attempt -> self.join().close()));

        queue.produce(message("a"));
        queue.produce(message("b"));
        eventually().until(() -> Threads.named("brokertck-consumers-").isEmpty());

        assertThat(queue.metrics()).isEqualTo(new QueueMetrics(2, 1, 0, 0, 0));
    }

    @Test
    void anOutcomeAfterTheDrainTimeoutOfTheConsumerStillCountsSinceTheQueueGoesOn() throws Exception {
        Stubborn stubborn = new Stubborn();
        Consumer closing = queue.consume(stubborn);
        queue.produce(message("m"));
        Stubborn.await(stubborn.entered);
        Call close = Call.waiting(closing::close);

        clock.advance(DRAIN);

        assertThat(close.thrown()).isNull();
        assertThat(queue.metrics()).isEqualTo(new QueueMetrics(1, 0, 0, 1, 0));
        stubborn.open.countDown();
        untilConsumed(queue, 1);
        assertThat(queue.metrics()).isEqualTo(new QueueMetrics(1, 1, 0, 0, 0));
    }

    @Test
    void anInterruptedCloserOfAConsumerEndsItAllTheSame() throws Exception {
        Consumer closing = queue.consume(gate);
        queue.produce(message("m"));
        gate.awaitEntered(1);
        Call close = Call.waiting(closing::close);

        close.thread.interrupt();

        assertThat(close.thrown())
                .isInstanceOf(OperationInterruptedException.class)
                .hasMessageContaining("consumers-consumer-1");
        assertThat(close.leftInterrupted()).isTrue();
        assertThat(Threads.named("brokertck-consumers-")).isEmpty();
    }

    @Test
    void theEndOfTheQueueEndsTheWaitForAConsumerToo() throws Exception {
        Stubborn stubborn = new Stubborn();
        InMemoryQueue hasty = InMemoryQueue.open("hasty", QueueConfig.defaults());
        Consumer closing = hasty.consume(stubborn);
        hasty.produce(message("m"));
        Stubborn.await(stubborn.entered);
        Call consumerClose = Call.waiting(closing::close);
        Call queueClose = Call.waiting(hasty::close);

        queueClose.thread.interrupt();

        assertThat(consumerClose.thrown()).isNull();
        assertThat(queueClose.thrown()).isInstanceOf(OperationInterruptedException.class);
        stubborn.open.countDown();
    }

    @Test
    void aSignalForAMessageIsNeverLostToAConsumerThatIsClosing() throws Exception {
        CountDownLatch all = new CountDownLatch(300);
        queue.consume(attempt -> all.countDown());
        for (int i = 0; i < 300; i++) {
            Consumer shortLived = queue.consume(attempt -> all.countDown());
            Call close = Call.start(shortLived::close);
            queue.produce(message("m" + i));
            assertThat(close.thrown()).isNull();
        }
        Stubborn.await(all);
    }
}
