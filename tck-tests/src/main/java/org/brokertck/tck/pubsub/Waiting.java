package org.brokertck.tck.pubsub;

import java.util.List;
import org.brokertck.tck.time.Bounded.Running;

/** Sees to it that calls wait before something is done about it. */
final class Waiting {
    private Waiting() {}

    /** Until the threads of all these calls are seen to wait, or have ended. */
    static void await(PubSubUnderTest broker, List<? extends Running<?>> calls) {
        broker.happensWithin(broker.timeouts().await(), () -> calls.stream().allMatch(Running::isAtRest));
    }
}
