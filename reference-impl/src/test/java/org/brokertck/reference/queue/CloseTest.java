package org.brokertck.reference.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.brokertck.reference.Waits.eventually;
import static org.brokertck.reference.queue.Messages.message;
import static org.brokertck.reference.queue.Messages.untilConsumed;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.DeadLetters;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.reference.Call;
import org.brokertck.reference.CountedAlarms;
import org.brokertck.reference.Threads;
import org.brokertck.reference.time.VirtualClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CloseTest {
    private static final Duration DRAIN = Duration.ofHours(1);
    private static final QueueConfig CONFIG = QueueConfig.builder()
            .drainTimeout(DRAIN)
            .backoff(Backoff.fixed(Duration.ofHours(9)))
            .build();

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryQueue queue = InMemoryQueue.open("closing", CONFIG, clock);
    private final Gate gate = new Gate();

    @AfterEach
    void noThreadIsLeft() {
        gate.open.countDown();
        queue.close();
        assertThat(Threads.named("brokertck-closing-")).isEmpty();
    }

    @Test
    void closingWaitsForRunningHandlersAndCountsTheirOutcomeButStartsNone() throws Exception {
        queue.consume(gate);
        queue.produce(message("running"));
        queue.produce(message("ready"));
        gate.awaitEntered(1);
        Call close = Call.waiting(queue::close);
        clock.advance(DRAIN.minusNanos(1));
        assertThat(close.isOver()).isFalse();

        gate.open.countDown();

        assertThat(close.thrown()).isNull();
        assertThat(queue.metrics()).isEqualTo(new QueueMetrics(2, 1, 0, 0, 0));
    }

    @Test
    void aFailureDuringTheDrainCountsAndLeavesItsMessageUnsettled() throws Exception {
        queue.consume(attempt -> {
            gate.handle(attempt);
            throw new IllegalStateException("fails while closing");
        });
        queue.produce(message("m", 3));
        gate.awaitEntered(1);
        Call close = Call.waiting(queue::close);

        gate.open.countDown();

        assertThat(close.thrown()).isNull();
        clock.advance(Duration.ofDays(1));
        assertThat(queue.metrics()).isEqualTo(new QueueMetrics(1, 0, 1, 0, 0));
    }

    @Test
    void whatStillRunsAfterTheDrainTimeoutIsInterruptedAndNotCounted() throws Exception {
        queue.consume(gate);
        queue.consume(gate);
        queue.produce(message("a"));
        queue.produce(message("b"));
        gate.awaitEntered(2);
        Call close = Call.waiting(queue::close);

        clock.advance(DRAIN);

        assertThat(close.thrown()).isNull();
        assertThat(queue.metrics()).isEqualTo(new QueueMetrics(2, 0, 0, 0, 0));
    }

    @Test
    void aHandlerThatIgnoresInterruptsIsLeftBehindAndStaysInFlightUntilItEnds() throws Exception {
        Stubborn stubborn = new Stubborn();
        queue.consume(stubborn);
        queue.produce(message("m"));
        Stubborn.await(stubborn.entered);
        Call close = Call.waiting(queue::close);

        clock.advance(DRAIN);

        assertThat(close.thrown()).isNull();
        assertThat(stubborn.interrupted.getCount()).isZero();
        assertThat(queue.metrics()).isEqualTo(new QueueMetrics(1, 0, 0, 1, 0));

        stubborn.open.countDown();
        eventually().untilAsserted(() -> assertThat(queue.metrics()).isEqualTo(new QueueMetrics(1, 0, 0, 0, 0)));
    }

    @Test
    void aHandlerMayCloseItsQueueWithoutWaitingAndOthersWaitForTheSameEnd() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        queue.consume(attempt -> {
            queue.close();
            closed.countDown();
            gate.handle(attempt);
        });
        queue.produce(message("m"));
        Stubborn.await(closed);
        assertThatThrownBy(() -> queue.produce(message("late"))).isInstanceOf(ClosedException.class);
        List<Call> others =
                Stream.generate(() -> Call.waiting(queue::close)).limit(3).toList();

        gate.open.countDown();

        assertThat(others).allMatch(call -> call.thrown() == null);
        assertThat(queue.metrics()).isEqualTo(new QueueMetrics(1, 1, 0, 0, 0));
    }

    @Test
    void theDrainTimeoutHoldsForACloseFromInsideAHandlerToo() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        queue.consume(attempt -> {
            queue.close();
            closed.countDown();
            gate.handle(attempt);
        });
        queue.produce(message("m"));
        Stubborn.await(closed);
        assertThat(queue.metrics().inFlight()).isEqualTo(1);

        clock.advance(DRAIN);

        eventually().until(() -> Threads.named("brokertck-closing-").isEmpty());
        assertThat(queue.metrics()).isEqualTo(new QueueMetrics(1, 0, 0, 0, 0));
    }

    @Test
    void anInterruptedCloserClosesAllTheSame() throws Exception {
        queue.consume(gate);
        queue.produce(message("m"));
        gate.awaitEntered(1);
        Call close = Call.waiting(queue::close);

        close.thread.interrupt();

        assertThat(close.thrown())
                .isInstanceOf(OperationInterruptedException.class)
                .hasMessageContaining("queue 'closing'");
        assertThat(close.leftInterrupted()).isTrue();
        assertThat(Threads.named("brokertck-closing-")).isEmpty();
        assertThat(queue.metrics()).isEqualTo(new QueueMetrics(1, 0, 0, 0, 0));
    }

    @Test
    void aCloserThatIsInterruptedBeforeClosesGracefullyWhenThereIsNothingToWaitFor() {
        queue.consume(attempt -> {});
        Call close = Call.start(() -> {
            Thread.currentThread().interrupt();
            queue.close();
        });

        assertThat(close.thrown()).isNull();
        assertThat(close.leftInterrupted()).isTrue();
        assertThat(Threads.named("brokertck-closing-")).isEmpty();
    }

    @Test
    void aClosedQueueRefusesEverythingButCloseMetricsAndName() {
        DeadLetters deadLetters = queue.deadLetters();
        queue.produce(message("m"));
        queue.close();
        queue.close();

        assertThat(Stream.<ThrowingCallable>of(
                        () -> queue.produce(message("late")),
                        () -> queue.consume(attempt -> {}),
                        () -> deadLetters.list(1),
                        () -> deadLetters.redrive(1),
                        deadLetters::redrive,
                        deadLetters::purge))
                .allSatisfy(call -> assertThatThrownBy(call)
                        .isInstanceOf(ClosedException.class)
                        .hasMessageContaining("'closing'"));
        assertThat(queue.name()).isEqualTo("closing");
        assertThat(queue.deadLetters()).isSameAs(deadLetters);
        assertThat(queue.metrics()).isEqualTo(new QueueMetrics(1, 0, 0, 0, 0));
    }

    @Test
    void aDrainTimeoutOfZeroInterruptsAtOnceAndStartsNothingAfterwards() {
        AtomicInteger starts = new AtomicInteger();
        QueueConfig hasty = QueueConfig.builder().drainTimeout(Duration.ZERO).build();
        InMemoryQueue busy = InMemoryQueue.open("hasty", hasty);
        busy.consume(attempt -> starts.incrementAndGet());
        for (int i = 0; i < 500; i++) {
            busy.produce(message("m" + i));
        }

        busy.close();

        int atClose = starts.get();
        assertThat(Threads.named("brokertck-hasty-")).isEmpty();
        assertThat(starts).hasValue(atClose);
        assertThat(busy.metrics().inFlight()).isZero();
    }

    @Test
    void theTimerThreadEndsEvenWhenOnlyAHandlerClosedTheQueue() throws Exception {
        InMemoryQueue own = InMemoryQueue.open("own-time", CONFIG);
        CountDownLatch closed = new CountDownLatch(1);
        own.consume(attempt -> {
            own.close();
            closed.countDown();
            gate.handle(attempt);
        });
        own.produce(message("m"));
        Stubborn.await(closed);
        assertThat(Threads.named("brokertck-own-time-timer")).hasSize(1);

        gate.open.countDown();

        eventually().until(() -> Threads.named("brokertck-own-time-").isEmpty());
    }

    @Test
    void noThreadIsAliveAtTheVeryMomentInWhichACloseReturns() {
        for (int i = 0; i < 200; i++) {
            InMemoryQueue own = InMemoryQueue.open("momentary", CONFIG);
            for (int consumers = 0; consumers < 4; consumers++) {
                own.consume(attempt -> {
                    throw new IllegalStateException("starts the timer");
                });
            }
            own.produce(message("m", 1));
            Messages.untilFailed(own, 1);

            own.close();

            assertThat(Threads.named("brokertck-momentary-")).isEmpty();
        }
    }

    @Test
    void closingEndsTheTimerThatServedRetries() {
        InMemoryQueue own = InMemoryQueue.open("own-time", CONFIG);
        own.consume(attempt -> {
            throw new IllegalStateException("retry in hours");
        });
        own.produce(message("m", 1));
        Messages.untilFailed(own, 1);
        assertThat(Threads.named("brokertck-own-time-timer")).hasSize(1);

        own.close();

        assertThat(Threads.named("brokertck-own-time-")).isEmpty();
    }

    @Test
    void aClosedQueueLeavesNoAlarmBehindOnAClockThatOutlivesIt() throws Exception {
        CountedAlarms time = new CountedAlarms();
        InMemoryQueue onSharedTime = InMemoryQueue.open("shared-time", CONFIG, time);
        onSharedTime.consume(attempt -> {
            if (attempt.id().equals("fails while closing")) {
                gate.handle(attempt);
            }
            throw new IllegalStateException("always");
        });
        onSharedTime.produce(message("waits for its retry", 1));
        onSharedTime.produce(message("fails while closing", 1));
        gate.awaitEntered(1);
        Call close = Call.waiting(onSharedTime::close);

        gate.open.countDown();

        assertThat(close.thrown()).isNull();
        assertThat(onSharedTime.metrics().failed()).isEqualTo(2);
        assertThat(time.pending).hasValue(0);
    }

    @Test
    void aHandlerMayProduceToItsOwnQueue() {
        queue.consume(attempt -> {
            if (attempt.id().length() < 5) {
                queue.produce(message(attempt.id() + "x"));
            }
        });
        queue.produce(message("x"));
        untilConsumed(queue, 5);
    }
}
