package org.brokertck.reference;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.awaitility.core.ConditionFactory;

/** The waits of these tests. */
public final class Waits {
    private Waits() {}

    /** Waits for what happens within milliseconds unless the machine is overloaded. */
    public static ConditionFactory eventually() {
        return await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(20));
    }
}
