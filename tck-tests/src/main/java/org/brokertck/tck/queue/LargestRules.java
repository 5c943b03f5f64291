package org.brokertck.tck.queue;

import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.tck.check.DeadLettersTell;
import org.brokertck.tck.check.MetricsExact;
import org.brokertck.tck.check.NoLoss;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** The largest settings that may be given are as good as any. */
public interface LargestRules extends QueueRules {
    /** What is added to a largest number is a smallest one. Nothing waits for what cannot come. */
    @Test
    @Verifies("Q-1")
    @Needs(inMemory = true)
    default void withTheLargestSettingsEveryMessageIsSettled() {
        QueueConfig config = config().capacity(Integer.MAX_VALUE)
                .produceTimeout(Backoff.LONGEST)
                .drainTimeout(Backoff.LONGEST)
                .build();
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-1", config)) {
            queue.consume(message -> {
                if (message.maxRetries() > 0) {
                    throw new IllegalStateException("so that it is retried and becomes a dead letter");
                }
            });
            queue.produceAll(Messages.numbered(5));
            queue.produce(Messages.message("hopeless", 1));
            queue.judgeSettled(new NoLoss().and(new DeadLettersTell()).and(new MetricsExact()));
            queue.closeNow();
        }
    }
}
