package org.brokertck.tck.queue;

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
}
