package org.brokertck.tck.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.ClosedException;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.tck.check.CapacityKept;
import org.brokertck.tck.check.MetricsExact;
import org.brokertck.tck.check.NoInvention;
import org.brokertck.tck.check.NoLoss;
import org.brokertck.tck.history.RecordedConsumer;
import org.brokertck.tck.run.Costly;
import org.brokertck.tck.scenario.Gate;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** A bounded queue holds its capacity: no less, no more, and for no longer than it must. */
public interface CapacityRules extends QueueRules {
    @Test
    @Verifies("Q-21")
    default void exactlyTheCapacityFits() {
        fillAndMakeRoom(5, 2);
    }

    @Property
    @Costly
    @Verifies("Q-21")
    default void exactlyAnyCapacityFits(
            @ForAll @IntRange(min = 1, max = 12) int capacity, @ForAll @IntRange(max = 12) int settled) {
        fillAndMakeRoom(capacity, Math.min(settled, capacity));
    }

    private void fillAndMakeRoom(int capacity, int settled) {
        Duration patience = FullQueue.patience(this);
        QueueConfig config =
                config().capacity(capacity).produceTimeout(patience).build();
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-21", config)) {
            fill(queue, "first", capacity);
            FullQueue.requireFull(queue, "to a full queue", "over-first", patience);
            settle(queue, settled);
            fill(queue, "second", settled);
            FullQueue.requireFull(queue, "to a full queue", "over-second", patience);
            queue.consume(message -> {});
            queue.judgeSettled(new NoInvention().and(new NoLoss()).and(new MetricsExact()));
        }
    }

    private static void fill(QueueUnderTest queue, String name, int count) {
        IntStream.range(0, count).forEach(i -> queue.produce(Messages.message(name + "-" + i)));
    }

    /** A consumer settles so many, every second by its last failure, closing itself in the handler of the last. */
    private static void settle(QueueUnderTest queue, int count) {
        if (count == 0) {
            return;
        }
        CompletableFuture<RecordedConsumer> self = new CompletableFuture<>();
        self.complete(queue.consume(message -> {
            int attempt = queue.recorded().attempts();
            if (attempt == count) {
                self.join().close();
            }
            if (attempt % 2 == 0) {
                throw new IllegalStateException("so that it becomes a dead letter");
            }
        }));
        queue.awaitMetrics(count + " messages are settled", it -> it.consumed() + it.deadLetters() == count);
        queue.close(self.join());
    }

    @Test
    @Verifies("Q-22")
    default void aBlockedProducerGoesOnAsSoonAsThereIsRoom() {
        try (QueueUnderTest queue =
                QueueUnderTest.open(this, "Q-22", config().capacity(1).build())) {
            queue.produce(Messages.message("fills"));
            Running<Boolean> blocked = FullQueue.startProducer(queue, "blocked");
            FullQueue.requireBlocked(queue, List.of(blocked));
            queue.consume(message -> {});
            queue.call(
                    "a produce for which there is room",
                    timeouts().await().multipliedBy(2),
                    () -> blocked.await(timeouts().await()));
            queue.judgeSettled(new NoLoss());
        }
    }

    /** What becomes a dead letter makes room as well as what succeeds. */
    @Test
    @Verifies("Q-22")
    default void aBlockedProducerGoesOnWhenAMessageBecomesADeadLetter() {
        try (QueueUnderTest queue =
                QueueUnderTest.open(this, "Q-22", config().capacity(1).build())) {
            queue.produce(Messages.message("hopeless", 1));
            Running<Boolean> blocked = FullQueue.startProducer(queue, "blocked");
            FullQueue.requireBlocked(queue, List.of(blocked));
            queue.consume(message -> {
                throw new IllegalStateException("so that it becomes a dead letter");
            });
            queue.call(
                    "a produce for which there is room since a message became a dead letter",
                    timeouts().await().multipliedBy(2),
                    () -> blocked.await(timeouts().await()));
            queue.judgeSettled(new NoLoss());
        }
    }

    @Test
    @Verifies("Q-22")
    default void aBlockedProducerIsRefusedWhenTheQueueIsClosed() {
        refusedByClose(1, 3);
    }

    @Property
    @Costly
    @Verifies("Q-22")
    default void blockedProducersAreRefusedWhenTheQueueIsClosed(
            @ForAll @IntRange(min = 1, max = 4) int capacity, @ForAll @IntRange(min = 1, max = 4) int blocked) {
        refusedByClose(capacity, blocked);
    }

    /** With a produce timeout that nobody waits for, so that it is the close that wakes each of them. */
    private void refusedByClose(int capacity, int blocked) {
        QueueConfig config = config().capacity(capacity)
                .produceTimeout(timeouts().await().multipliedBy(3))
                .build();
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-22", config)) {
            fill(queue, "fills", capacity);
            List<Running<Boolean>> producers = new ArrayList<>();
            IntStream.range(0, blocked).forEach(i -> producers.add(FullQueue.startProducer(queue, "blocked-" + i)));
            FullQueue.requireBlocked(queue, producers);
            queue.closeNow();
            producers.forEach(it -> queue.refused(
                    ClosedException.class,
                    "a produce blocked on a queue that is closed",
                    () -> it.await(timeouts().await())));
        }
    }

    @Property
    @Verifies("Q-22")
    default void producersAndConsumersPassThroughANarrowQueue(
            @ForAll @IntRange(min = 1, max = 3) int capacity,
            @ForAll @IntRange(min = 1, max = 3) int producers,
            @ForAll @IntRange(min = 1, max = 3) int consumers) {
        try (QueueUnderTest queue =
                QueueUnderTest.open(this, "Q-22", config().capacity(capacity).build())) {
            List<Running<Boolean>> running = IntStream.range(0, producers)
                    .mapToObj(p -> Bounded.startRun(
                            "producer-" + p,
                            () -> IntStream.range(0, 20)
                                    .forEach(i -> queue.recorded()
                                            .produce("producer-" + p, Messages.message("p" + p + "-m" + i)))))
                    .toList();
            IntStream.range(0, consumers).forEach(i -> queue.consume(message -> {}));
            running.forEach(it -> queue.call(
                    "produce",
                    timeouts().await().multipliedBy(2),
                    () -> it.await(timeouts().await())));
            queue.judgeSettled(new NoLoss().and(new CapacityKept()));
        }
    }

    /** A redriven message is one more until it is settled, and none afterwards. */
    @Test
    @Verifies("Q-21")
    default void redrivenMessagesThatAreSettledLeaveTheCapacityAsItWas() {
        Duration patience = FullQueue.patience(this);
        QueueConfig config = config().capacity(3).produceTimeout(patience).build();
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-21", config)) {
            RecordedConsumer failing = queue.consume(message -> {
                throw new IllegalStateException("so that it becomes a dead letter");
            });
            fill(queue, "dead", 2);
            queue.awaitSettled();
            queue.close(failing);
            queue.call(
                    "redrive",
                    timeouts().await(),
                    () -> queue.unrecorded().deadLetters().redrive());
            RecordedConsumer succeeding = queue.consume(message -> {});
            queue.awaitMetrics("2 redriven messages are settled", it -> it.consumed() == 2 && it.inFlight() == 0);
            queue.close(succeeding);
            fill(queue, "fits", 3);
            FullQueue.requireFull(queue, "to a full queue", "over", patience);
        }
    }

    /** The places of a message in hand and of one that waits for its retry are taken. */
    @Test
    @Verifies("Q-21")
    default void whatIsInHandOrWaitsForItsRetryKeepsItsPlace() {
        Duration patience = FullQueue.patience(this);
        QueueConfig config = config().capacity(3)
                .produceTimeout(patience)
                .backoff(Backoff.fixed(timeouts().await().multipliedBy(6)))
                .build();
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-21", config)) {
            Gate gate = new Gate(timeouts().await());
            queue.consume(message -> {
                if (message.maxRetries() > 0) {
                    throw new IllegalStateException("so that it waits for its retry");
                }
                gate.handle(message);
            });
            queue.produce(Messages.message("waits", 1));
            queue.produce(Messages.message("in-hand"));
            queue.await("the start of a handler", () -> gate.inside() == 1);
            queue.produce(Messages.message("ready"));
            FullQueue.requireFull(queue, "to a full queue", "over", patience);
            gate.open();
        }
    }

    @Test
    @Verifies("Q-21")
    default void aProduceTimeoutOfZeroDoesNotWait() {
        QueueConfig config = config().capacity(1).produceTimeout(Duration.ZERO).build();
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-21", config)) {
            queue.produce(Messages.message("fits"));
            FullQueue.requireFull(queue, "to a full queue", "over", Duration.ZERO);
        }
    }
}
