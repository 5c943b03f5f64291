package org.brokertck.tck.queue;

import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.ClosedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.tck.check.MetricsExact;
import org.brokertck.tck.check.NoLoss;
import org.brokertck.tck.history.RecordedConsumer;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** A handler may use the queue that called it. */
public interface ReentrancyRules extends QueueRules {
    @Test
    @Verifies("Q-28")
    default void aHandlerMayProduceToItsOwnQueue() {
        chainReaction(1, 3, 2);
    }

    @Property
    @Verifies("Q-28")
    default void handlersMayProduceAsTheyLike(
            @ForAll @IntRange(min = 1, max = 3) int consumers,
            @ForAll @IntRange(max = 3) int depth,
            @ForAll @IntRange(min = 1, max = 3) int width) {
        chainReaction(consumers, depth, width);
    }

    /** Every message makes its handler produce some more, down to the given depth. */
    private void chainReaction(int consumers, int depth, int width) {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-28")) {
            for (int i = 0; i < consumers; i++) {
                queue.consume(message -> {
                    int level = Integer.parseInt(message.topic());
                    for (int child = 0; level < depth && child < width; child++) {
                        queue.recorded().produce("handler", level(message.id() + "." + child, level + 1));
                    }
                });
            }
            queue.produce(level("root", 0));
            long total = 0;
            for (int level = 0; level <= depth; level++) {
                total += Math.round(Math.pow(width, level));
            }
            queue.require(
                    queue.awaitAttempts((int) total),
                    "handlers that produce to their own queue set off %d messages, and %d were attempted"
                            .formatted(total, queue.recorded().attempts()));
            queue.judgeSettled(new NoLoss().and(new MetricsExact()));
        }
    }

    private static Message level(String id, int level) {
        return Messages.builder(id).topic(Integer.toString(level)).build();
    }

    @Test
    @Verifies("Q-28")
    default void aHandlerMayCloseItsOwnConsumer() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-28", drainingLong())) {
            CompletableFuture<RecordedConsumer> self = new CompletableFuture<>();
            CompletableFuture<Boolean> returned = new CompletableFuture<>();
            queue.produceAll(Messages.numbered(5));
            self.complete(queue.consume(message -> {
                self.join().close();
                returned.complete(true);
            }));
            queue.require(
                    queue.happensWithin(timeouts().await(), returned::isDone),
                    "close of a consumer from inside its own handler did not return");
            queue.awaitMetrics("the handler that closed its consumer counts", it -> it.consumed() == 1);
            queue.require(
                    queue.stays(() -> queue.recorded().attempts() == 1),
                    "a consumer that its handler closed was given another message");
            queue.consume(message -> {});
            queue.judgeSettled(new NoLoss().and(new MetricsExact()));
        }
    }

    @Test
    @Verifies("Q-28")
    default void aHandlerMayCloseItsQueue() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-28", drainingLong())) {
            CompletableFuture<Boolean> returned = new CompletableFuture<>();
            queue.consume(message -> {
                queue.unrecorded().close();
                returned.complete(true);
            });
            queue.produce(Messages.message("closes"));
            queue.require(
                    queue.happensWithin(timeouts().await(), returned::isDone),
                    "close of a queue from inside a handler did not return");
            queue.closeNow();
            queue.require(
                    queue.metrics().consumed() == 1,
                    "the handler that closed its queue succeeded, but the metrics say " + queue.metrics());
            queue.refused(
                    ClosedException.class,
                    "produce after a handler closed the queue",
                    () -> queue.unrecorded().produce(Messages.message("late")));
        }
    }

    /** So that a close that waits for its own handler is not freed by the drain timeout just before the test's patience ends. */
    private QueueConfig drainingLong() {
        return config().drainTimeout(timeouts().await().multipliedBy(3)).build();
    }
}
