package org.brokertck.tck.pubsub;

import java.util.List;
import org.brokertck.tck.time.Bounded.Running;

/** Sees to it that calls wait before something is done about it. */
final class Waiting {
    private Waiting() {}

    /** Until the threads of all these calls are seen to wait, or the quiet period is over. */
    static void await(PubSubUnderTest broker, List<? extends Running<?>> calls) {
        broker.happensWithin(broker.timeouts().quiet(), () -> calls.stream().allMatch(it -> waits(it.thread())));
    }

    private static boolean waits(Thread thread) {
        Thread.State state = thread.getState();
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
    }
}
