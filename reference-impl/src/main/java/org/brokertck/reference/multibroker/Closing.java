package org.brokertck.reference.multibroker;

import java.time.Duration;
import java.util.List;
import org.brokertck.api.OperationInterruptedException;

/** Waits for subscribers whose end has begun. */
final class Closing {
    /** How long threads may take to die once nothing keeps them. */
    private static final Duration LEAVING = Duration.ofSeconds(10);
    /** How long an interrupted handler may take to notice, before it is left behind; real time, whatever the clock. */
    private static final Duration GRACE = Duration.ofMillis(200);

    private Closing() {}

    /**
     * Waits until their handlers have ended or were interrupted, and then for the threads. Not for their own threads.
     *
     * @throws OperationInterruptedException when interrupted: the handlers that still run are interrupted too
     */
    static void awaitAll(List<TopicSubscriber> ended, String what) {
        boolean gone = true;
        try {
            for (TopicSubscriber subscriber : ended) {
                gone &= subscriber.awaitEnd();
            }
            long deadline = System.nanoTime() + (gone ? LEAVING : GRACE).toNanos();
            for (TopicSubscriber subscriber : ended) {
                subscriber.thread().join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            ended.forEach(TopicSubscriber::interruptHandler);
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("Interrupted while closing " + what
                    + ": it is closed all the same, and the handlers that still ran were interrupted");
        }
    }
}
