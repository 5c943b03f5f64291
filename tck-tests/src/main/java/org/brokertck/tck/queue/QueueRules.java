package org.brokertck.tck.queue;

import java.time.Duration;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.Contract;
import org.brokertck.tck.run.RuleTests;
import org.brokertck.tck.time.TckTimeouts;

/** What all rule tests of the message queue share: how they open a queue, and how long they wait. */
public interface QueueRules extends RuleTests {
    @Override
    default Contract contract() {
        return Contract.QUEUE;
    }

    /** The waits and tolerances in force. */
    default TckTimeouts timeouts() {
        return TckTimeouts.current();
    }

    /**
     * Short delays, and waits that no test means to use up. A drain lasts longer than a test waits for a close, so that one that
     * waits in vain is seen to.
     */
    default QueueConfig.Builder config() {
        return QueueConfig.builder()
                .backoff(Backoff.exponential(Duration.ofMillis(2), 2, Duration.ofMillis(10)))
                .produceTimeout(timeouts().await())
                .drainTimeout(timeouts().await().multipliedBy(2));
    }
}
