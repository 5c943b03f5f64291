package org.brokertck.reference.monitoring.watch;

import java.time.Duration;
import org.brokertck.api.ClosedException;
import org.brokertck.api.monitoring.Outcome;
import org.brokertck.api.monitoring.QueueMonitor;

/** Records of one queue. Being watched must harm nobody, so a monitor that refuses is not told of again. */
final class Recorder {
    private final QueueMonitor monitor;
    private final String queue;

    Recorder(QueueMonitor monitor, String queue) {
        this.monitor = monitor;
        this.queue = queue;
    }

    /** Of a queue that someone has watched. @throws IllegalArgumentException when the monitor does not take its name */
    static Recorder ofQueue(QueueMonitor monitor, String queue) {
        monitor.recordQueueDepth(queue, 0); // refuses a bad name here, where someone hears of it
        return new Recorder(monitor, queue);
    }

    void produced(long messages, long bytes) {
        if (messages > 0) {
            safely(() -> monitor.recordProduced(queue, messages, bytes));
        }
    }

    void attempts(Duration each, Outcome outcome, long times) {
        if (times > 0) {
            safely(() -> monitor.recordConsumed(queue, each, outcome, times));
        }
    }

    void retried() {
        safely(() -> monitor.recordRetried(queue));
    }

    void deadLettered() {
        safely(() -> monitor.recordDeadLettered(queue));
    }

    void depth(long depth) {
        safely(() -> monitor.recordQueueDepth(queue, Math.max(0, depth)));
    }

    void inFlight(long inFlight) {
        safely(() -> monitor.recordInFlight(queue, Math.max(0, inFlight)));
    }

    private static void safely(Runnable recording) {
        try {
            recording.run();
        } catch (ClosedException | IllegalArgumentException refused) {
            // Closed, or a topic whose name the monitor keeps for itself.
        }
    }
}
