package org.brokertck.reference.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brokertck.reference.queue.Messages.message;
import static org.brokertck.reference.queue.Messages.untilConsumed;
import static org.brokertck.reference.queue.Messages.untilFailed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.reference.Call;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;
import org.brokertck.reference.time.VirtualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CapacityTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private final VirtualClock clock = new VirtualClock();

    @Test
    void aFullQueueRefusesAfterTheProduceTimeoutAndCountsNothing() {
        try (InMemoryQueue queue = openFull(clock)) {
            Call late = Call.waiting(() -> queue.produce(message("late")));

            clock.advance(HOUR.minusNanos(1));
            assertThat(late.isOver()).isFalse();
            clock.advance(Duration.ofNanos(1));

            assertThat(late.thrown()).isInstanceOf(QueueFullException.class).hasMessageContaining("'bounded'");
            List<String> handled = new CopyOnWriteArrayList<>();
            queue.consume(delivered -> handled.add(delivered.id()));
            untilConsumed(queue, 2);
            assertThat(handled).containsExactly("a", "b");
            assertThat(queue.metrics()).isEqualTo(new QueueMetrics(2, 2, 0, 0, 0));
        }
    }

    @Test
    void aProduceTimeoutOfZeroDoesNotWait() {
        try (InMemoryQueue queue = openFull(clock, Duration.ZERO)) {
            assertThat(Call.start(() -> queue.produce(message("late"))).thrown())
                    .isInstanceOf(QueueFullException.class);
        }
    }

    @Test
    void waitingProducersAreServedInTheOrderInWhichTheyCame() {
        List<String> handled = new CopyOnWriteArrayList<>();
        try (InMemoryQueue queue = openFull(clock)) {
            List<Call> calls = new ArrayList<>();
            for (String id : List.of("c", "d", "e", "f")) {
                calls.add(Call.waiting(() -> queue.produce(message(id))));
            }
            queue.consume(delivered -> handled.add(delivered.id()));
            untilConsumed(queue, 6);
            assertThat(calls).allMatch(call -> call.thrown() == null);
        }
        assertThat(handled).containsExactly("a", "b", "c", "d", "e", "f");
    }

    @Test
    void placesAreTakenByWhatIsInFlightAndByWhatWaitsForARetry() throws Exception {
        Gate gate = new Gate();
        try (InMemoryQueue queue = openFull(clock)) {
            queue.consume(delivered -> {
                if (delivered.id().equals("a")) {
                    throw new IllegalStateException("retry me in two hours");
                }
                gate.handle(delivered);
            });
            gate.awaitEntered(1);
            Call waiting = Call.waiting(() -> queue.produce(message("c")));
            assertThat(queue.metrics()).isEqualTo(new QueueMetrics(2, 0, 1, 1, 0));

            gate.open.countDown();

            assertThat(waiting.thrown()).isNull();
            assertThat(queue.metrics().produced()).isEqualTo(3);
        }
    }

    @Test
    void aPlaceFreedAfterTheDeadlineDoesNotGoToACallThatIsOver() {
        ReentrantLock lock = new ReentrantLock();
        Room room = new Room(1);
        Room.Waiting over = new Room.Waiting(message("over"), lock.newCondition(), 10);
        Room.Waiting next = new Room.Waiting(message("next"), lock.newCondition(), 20);
        lock.lock();
        assertThat(room.tryOccupy()).isTrue();
        room.await(over);
        room.await(next);

        room.free();

        assertThat(room.admit(10)).isSameAs(next);
        assertThat(over.admitted()).isFalse();
    }

    @Test
    void aPlaceFreedAfterAllWereRefusedGoesToNobodyEvenBeforeTheyWakeUp() {
        ReentrantLock lock = new ReentrantLock();
        Room room = new Room(1);
        lock.lock();
        assertThat(room.tryOccupy()).isTrue();
        room.await(new Room.Waiting(message("refused"), lock.newCondition(), 10));

        room.refuseAll();
        room.free();

        assertThat(room.admit(0)).isNull();
    }

    @Test
    void aClosedQueueRefusesTheProducersThatWait() {
        InMemoryQueue queue = openFull(clock);
        Call waiting = Call.waiting(() -> queue.produce(message("late")));

        queue.close();

        assertThat(waiting.thrown()).isInstanceOf(ClosedException.class);
        assertThat(queue.metrics().produced()).isEqualTo(2);
    }

    @Test
    void aPlaceFreedWhileTheQueueDrainsGoesToNobody() throws Exception {
        InMemoryQueue queue = openFull(clock);
        Gate gate = new Gate();
        queue.consume(gate);
        gate.awaitEntered(1);
        Call waiting = Call.waiting(() -> queue.produce(message("late")));
        Call close = Call.waiting(queue::close);

        gate.open.countDown();

        assertThat(close.thrown()).isNull();
        assertThat(waiting.thrown()).isInstanceOf(ClosedException.class);
        assertThat(queue.metrics()).isEqualTo(new QueueMetrics(2, 1, 0, 0, 0));
    }

    @Test
    void anInterruptedProducerThrowsWithItsFlagSetAndLeavesNothing() {
        try (SystemTimeSource system = new SystemTimeSource("unused")) {
            for (TimeSource time : List.of(clock, system)) {
                try (InMemoryQueue queue = openFull(time)) {
                    Call waiting = Call.waiting(() -> queue.produce(message("late")));

                    waiting.thread.interrupt();

                    assertThat(waiting.thrown()).isInstanceOf(OperationInterruptedException.class);
                    assertThat(waiting.leftInterrupted()).isTrue();
                    queue.consume(delivered -> {});
                    untilConsumed(queue, 2);
                    assertThat(queue.metrics().produced()).isEqualTo(2);
                    queue.produce(message("c"));
                    untilConsumed(queue, 3);
                }
            }
        }
    }

    @Test
    void aParkedMessageFreesItsPlace() {
        try (InMemoryQueue queue = openFull(clock, Duration.ZERO)) {
            try (Consumer failing = queue.consume(delivered -> {
                throw new IllegalStateException("always");
            })) {
                untilFailed(queue, 2);
            }
            queue.produce(message("c")); // "a" waits for a retry, "b" is parked
            assertThat(Call.start(() -> queue.produce(message("d"))).thrown()).isInstanceOf(QueueFullException.class);
        }
    }

    private static InMemoryQueue openFull(TimeSource time) {
        return openFull(time, HOUR);
    }

    private static InMemoryQueue openFull(TimeSource time, Duration produceTimeout) {
        QueueConfig config = QueueConfig.builder()
                .capacity(2)
                .produceTimeout(produceTimeout)
                .backoff(Backoff.fixed(HOUR.multipliedBy(2)))
                .build();
        InMemoryQueue queue = InMemoryQueue.open("bounded", config, time);
        queue.produce(message("a", 1));
        queue.produce(message("b"));
        return queue;
    }
}
