package org.brokertck.tck.queue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.history.RecordedConsumer;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Gate;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Together;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** The capacity where it is easily miscounted: beyond it, at the last place, under a race, and when time runs out. */
public interface CapacityEdgeRules extends QueueRules {
    /** Redriven messages may go beyond the capacity; what is produced may not follow them. */
    @Test
    @Verifies("Q-21")
    default void aQueueBeyondItsCapacityIsFull() {
        try (QueueUnderTest queue = open(2)) {
            bringBeyondItsCapacity(queue);
            requireFull(queue, "2 messages beside 2 redriven ones in a queue for 2");
        }
    }

    /** Each that is settled makes room for one, counted from what there was and not from the capacity. */
    @Test
    @Verifies("Q-21")
    default void aQueueBeyondItsCapacityIsFullUntilItIsWithin() {
        try (QueueUnderTest queue = open(2)) {
            bringBeyondItsCapacity(queue);
            Gate gate = new Gate(timeouts().await());
            AtomicBoolean first = new AtomicBoolean(true);
            RecordedConsumer consumer = queue.consume(message -> {
                if (!first.getAndSet(false)) {
                    gate.handle(message);
                }
            });
            queue.awaitMetrics(
                    "one message is settled and another held", it -> it.consumed() == 1 && it.inFlight() == 1);
            requireFull(queue, "the 3 that are left of 4 messages, 2 of them redriven, in a queue for 2");
            gate.open();
            queue.awaitMetrics("4 messages are settled", it -> it.consumed() == 4 && it.inFlight() == 0);
            queue.close(consumer);
            produce(queue, "fits-again", 2);
            requireFull(queue, "2 messages in a queue for 2 that was beyond its capacity before");
        }
    }

    /** Two messages of its own, and two redriven ones, in a queue for two. */
    private void bringBeyondItsCapacity(QueueUnderTest queue) {
        park(queue, 2);
        produce(queue, "fits", 2);
        int redriven = queue.call(
                "redrive",
                timeouts().await(),
                () -> queue.unrecorded().deadLetters().redrive());
        queue.require(redriven == 2, "redrive of 2 dead letters says that it moved " + redriven);
    }

    /** A dead letter has given its place back already. */
    @Test
    @Verifies("Q-21")
    default void aPurgeMakesNoRoom() {
        try (QueueUnderTest queue = open(2)) {
            park(queue, 2);
            int purged = queue.call(
                    "purge",
                    timeouts().await(),
                    () -> queue.unrecorded().deadLetters().purge());
            queue.require(purged == 2, "purge of 2 dead letters says that it deleted " + purged);
            produce(queue, "fits", 2);
            requireFull(queue, "2 messages in a queue for 2 whose dead letters were purged");
        }
    }

    /** Given up or not, it is unsettled: in the hand of its handler, or on its way to another. */
    @Test
    @Verifies("Q-21")
    default void aMessageWhoseHandlerIsGivenUpKeepsItsPlace() {
        QueueConfig config = bounded(2).drainTimeout(timeouts().quiet()).build();
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-21", config)) {
            Gate gate = new Gate(timeouts().await());
            RecordedConsumer given = queue.consume(gate::handleStubbornly);
            queue.produce(Messages.message("given-up"));
            queue.await("the start of a handler", () -> gate.inside() == 1);
            queue.close(given);
            produce(queue, "fits", 1);
            requireFull(queue, "a message whose handler was given up, and one more, in a queue for 2");
            gate.open();
        }
    }

    /** The message that it handles holds a place, and so does what it has produced before. */
    @Test
    @Verifies("Q-21")
    default void aHandlerFindsItsOwnQueueFullLikeAnyone() {
        int capacity = 3;
        try (QueueUnderTest queue = open(capacity)) {
            CompletableFuture<Long> told = new CompletableFuture<>();
            queue.consume(message -> {
                if (message.id().equals("produces")) {
                    told.complete(IntStream.range(0, 2 * capacity)
                            .takeWhile(i -> isTaken(queue, "own-" + i))
                            .count());
                }
            });
            queue.produce(Messages.message("produces"));
            queue.await("the end of the produces of a handler", told::isDone);
            queue.require(
                    told.join() == capacity - 1,
                    "a handler produced to its own queue for %d until it was refused, and %d of its messages were taken beside the one that it handles"
                            .formatted(capacity, told.join()));
        }
    }

    /** Two that look for the last place at once must not both find it. */
    @Test
    @Verifies("Q-21")
    default void producersThatRaceForTheLastPlaceDoNotShareIt() {
        boolean remote = target().capabilities().contains(Capability.REMOTE);
        QueueConfig config = remote
                ? bounded(1).build()
                : bounded(1).produceTimeout(Duration.ZERO).build();
        for (int round = 0; round < (remote ? 3 : 50); round++) {
            try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-21", config)) {
                long taken = Together.start("produce", 3, number -> isTaken(queue, "racer-" + number)).stream()
                        .filter(it -> queue.call(
                                "produce",
                                timeouts().await().multipliedBy(2),
                                () -> it.await(timeouts().await())))
                        .count();
                queue.require(
                        taken == 1,
                        "3 producers raced for the one place of a queue for 1, and %d of them were taken"
                                .formatted(taken));
            }
        }
    }

    private static boolean isTaken(QueueUnderTest queue, String id) {
        try {
            queue.unrecorded().produce(Messages.message(id));
            return true;
        } catch (QueueFullException refused) {
            return false;
        }
    }

    /** Producers and consumers crowd at a queue for two: whenever one looks, no more than two messages are unsettled. */
    @Test
    @Verifies("Q-21")
    @Needs(inMemory = true, capabilities = Capability.BOUNDED)
    default void aCrowdedQueueNeverHoldsMoreThanItsCapacity() {
        int capacity = 2;
        try (QueueUnderTest queue = open(capacity)) {
            IntStream.range(0, 2).forEach(i -> queue.unrecorded().consume(message -> {}));
            AtomicBoolean done = new AtomicBoolean();
            List<Running<Boolean>> producers = IntStream.range(0, 4)
                    .mapToObj(i -> Bounded.startRun("produce", () -> {
                        while (!done.get()) {
                            boolean unused = isTaken(queue, "of-" + i);
                        }
                    }))
                    .toList();
            long end = System.nanoTime() + timeouts().quiet().multipliedBy(4).toNanos();
            try {
                Optional<QueueMetrics> wrong = queue.call(
                        "metrics",
                        timeouts().await(),
                        () -> Stream.generate(queue.unrecorded()::metrics)
                                .takeWhile(it -> System.nanoTime() < end)
                                .filter(it -> it.produced() - it.consumed() - it.deadLetters() > capacity)
                                .findFirst());
                queue.require(
                        wrong.isEmpty(),
                        "a queue for %d has taken more messages than that which are not settled: %s"
                                .formatted(capacity, wrong.orElse(null)));
            } finally {
                done.set(true);
            }
            producers.forEach(it -> queue.call(
                    "produce",
                    timeouts().await().multipliedBy(2),
                    () -> it.await(timeouts().await())));
        }
    }

    private QueueUnderTest open(int capacity) {
        return QueueUnderTest.open(this, "Q-21", bounded(capacity).build());
    }

    private QueueConfig.Builder bounded(int capacity) {
        return config().capacity(capacity).produceTimeout(FullQueue.patience(this));
    }

    private static void park(QueueUnderTest queue, int count) {
        RecordedConsumer failing = queue.consume(message -> {
            throw new IllegalStateException("so that it becomes a dead letter");
        });
        queue.produceAll(Messages.numbered(count));
        queue.awaitMetrics(count + " messages become dead letters", it -> it.deadLetters() == count);
        queue.close(failing);
    }

    private static void produce(QueueUnderTest queue, String name, int count) {
        IntStream.range(0, count).forEach(i -> queue.produce(Messages.message(name + "-" + i)));
    }

    private void requireFull(QueueUnderTest queue, String holding) {
        FullQueue.requireFull(queue, "beside " + holding, "over", FullQueue.patience(this));
    }
}
