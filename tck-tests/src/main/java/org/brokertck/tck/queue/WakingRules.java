package org.brokertck.tck.queue;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.history.RecordedConsumer;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.PingPong;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** A consumer that falls asleep misses nothing. */
public interface WakingRules extends QueueRules {
    @Test
    @Verifies("Q-1")
    default void aMessageThatComesWhenItsConsumerFallsAsleepIsHandled() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-1")) {
            PingPong game = new PingPong();
            queue.call("consume", timeouts().await(), () -> queue.unrecorded().consume(message -> game.arrived()));
            int lost = queue.call(
                    "produce one message after the other",
                    timeouts().await().multipliedBy(3),
                    () -> game.play(
                            timeouts().tolerance(),
                            timeouts().await(),
                            it -> queue.unrecorded().produce(Messages.message("m-" + it))));
            queue.require(
                    lost == 0,
                    "each message was produced when the one before had been handled; number %d was not handled within %s, though a consumer was free"
                            .formatted(lost, timeouts().await()));
        }
    }

    /** Whoever was woken for a message and leaves wakes the next one. */
    @Test
    @Verifies("Q-26")
    default void aConsumerThatIsClosedAsAMessageComesLeavesItToTheOther() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-26")) {
            int rounds = target().capabilities().contains(Capability.REMOTE) ? 5 : 40;
            for (int round = 0; round < rounds; round++) {
                AtomicInteger handled = new AtomicInteger();
                CyclicBarrier both = new CyclicBarrier(2);
                MessageHandler handler = message -> {
                    if (message.id().startsWith("pair")) {
                        both.await(timeouts().await().toNanos(), TimeUnit.NANOSECONDS);
                    }
                    handled.incrementAndGet();
                };
                RecordedConsumer first = queue.consume(handler);
                RecordedConsumer second = queue.consume(handler);
                queue.produceAll(List.of(Messages.message("pair-" + round), Messages.message("pair+" + round)));
                queue.awaitMetrics(
                        "two consumers have handled a message each", it -> it.inFlight() == 0 && handled.get() == 2);
                // Both fall asleep, the one or the other first.
                RecordedConsumer closed = round % 2 == 0 ? first : second;
                Message message = Messages.message("single-" + round);
                queue.call("produce, and close of a consumer", timeouts().await(), () -> {
                    queue.recorded().produce("main", message);
                    closed.close();
                    return true;
                });
                queue.await(
                        "the handling of a message that came as one of two idle consumers was closed",
                        () -> handled.get() == 3);
                queue.close(closed == first ? second : first);
            }
        }
    }
}
