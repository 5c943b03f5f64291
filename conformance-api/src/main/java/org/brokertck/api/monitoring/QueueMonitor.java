package org.brokertck.api.monitoring;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.internal.Require;

/**
 * Watches queues: what happens is recorded here, and comes out as figures, as metrics for Prometheus and as alerts. It knows no
 * broker; whoever wraps one records what it does. All methods may be called from many threads at once (rule G-4). The rules O-1
 * to O-12 say exactly what a conforming monitor does.
 *
 * <p>A queue is known from its first recording on. Its name is any text that is not blank and has at most
 * {@link #LONGEST_NAME} characters, but for {@link #OTHER_QUEUES}.
 */
public interface QueueMonitor extends AutoCloseable {
    /**
     * The name under which everything is summed up that is recorded of queues beyond {@link MonitorConfig#maxQueues()}. Depths
     * and messages in flight cannot be summed up without knowing the queues, and are left out.
     */
    String OTHER_QUEUES = "_other";

    /** The most characters of a queue's name. */
    int LONGEST_NAME = 255;

    /** The name under which the monitor was opened. Monitors with different names share nothing (rule G-11). */
    String name();

    /**
     * A message was produced.
     *
     * @param queue the queue
     * @param size the bytes of its payload; 0 or more
     * @throws NullPointerException when the queue is null
     * @throws IllegalArgumentException when the name is none, or the size is negative
     * @throws ClosedException when the monitor is closed; nothing is recorded
     */
    void recordProduced(String queue, int size);

    /**
     * Some messages were produced; the same as to record them one after another, but may cost less.
     *
     * @param queue the queue
     * @param messages how many; 1 or more
     * @param bytes the bytes of all their payloads; 0 or more
     * @throws NullPointerException when the queue is null
     * @throws IllegalArgumentException when the name is none, or a number is out of bounds
     * @throws ClosedException when the monitor is closed; nothing is recorded
     */
    default void recordProduced(String queue, long messages, long bytes) {
        Require.number("messages", messages, 1);
        Require.number("bytes", bytes, 0);
        for (long i = 0; i < messages; i++) {
            recordProduced(queue, Math.toIntExact(bytes / messages + (i < bytes % messages ? 1 : 0)));
        }
    }

    /**
     * An attempt at a message ended.
     *
     * @param queue the queue
     * @param duration how long it took; from 0 to 365 days
     * @param outcome how it ended
     * @throws NullPointerException when an argument is null
     * @throws IllegalArgumentException when the name is none, or the duration is out of its bounds
     * @throws ClosedException when the monitor is closed; nothing is recorded
     */
    void recordConsumed(String queue, Duration duration, Outcome outcome);

    /**
     * Some attempts ended alike; the same as to record them one after another, but may cost less.
     *
     * @param queue the queue
     * @param duration how long each took; not negative
     * @param outcome how each ended
     * @param attempts how many; 1 or more
     * @throws NullPointerException when an argument is null
     * @throws IllegalArgumentException when the name is none, or a number is out of bounds
     * @throws ClosedException when the monitor is closed; nothing is recorded
     */
    default void recordConsumed(String queue, Duration duration, Outcome outcome, long attempts) {
        Require.number("attempts", attempts, 1);
        for (long i = 0; i < attempts; i++) {
            recordConsumed(queue, duration, outcome);
        }
    }

    /**
     * So many messages wait in the queue now.
     *
     * @param queue the queue
     * @param depth 0 or more
     * @throws NullPointerException when the queue is null
     * @throws IllegalArgumentException when the name is none, or the depth is negative
     * @throws ClosedException when the monitor is closed; nothing is recorded
     */
    void recordQueueDepth(String queue, long depth);

    /** So many messages are in the hands of handlers now; otherwise as {@link #recordQueueDepth}. */
    void recordInFlight(String queue, long inFlight);

    /**
     * A failed attempt will be made again.
     *
     * @throws NullPointerException when the queue is null
     * @throws IllegalArgumentException when the name is none
     * @throws ClosedException when the monitor is closed; nothing is recorded
     */
    void recordRetried(String queue);

    /** A message was parked as a dead letter; otherwise as {@link #recordRetried}. */
    void recordDeadLettered(String queue);

    /** The figures now (rule O-1); also after {@link #close()}, with their last values (rule G-2). */
    MetricsSnapshot snapshot();

    /**
     * Watches these rules from now on, in place of those before. A rule that equals one of those before goes on where it
     * stands; an alert of another one that fires is resolved, and a pending one is dropped. For a new rule the duration counts
     * from now, even if its condition has held for longer.
     *
     * @param rules all rules; empty for none
     * @throws NullPointerException when the list or a rule is null
     * @throws IllegalArgumentException when a rule is invalid, as {@link AlertRules} says, or is one that this monitor does not
     *     know; nothing changes then, and the rules before stay in force (rule O-10)
     * @throws ClosedException when the monitor is closed
     */
    void setupAlerts(List<AlertRule> rules);

    /**
     * The alerts whose condition holds now, {@link AlertState#PENDING} or {@link AlertState#FIRING}, by the time since which it
     * does; one for each rule and queue at most. The last ones after {@link #close()}.
     */
    List<Alert> alerts();

    /**
     * What became of alerts: an entry when one begins to fire, and one when it is resolved, oldest first (rule O-9). Holds the
     * newest {@link MonitorConfig#historyCapacity()} of them; also after {@link #close()}.
     */
    List<Alert> history();

    /** The metrics in the text format of Prometheus, version 0.0.4, under {@link MetricNames} (rule O-3). Also after {@link #close()}. */
    String scrape();

    /** Whether all is well, and if not, why (rule O-11). A closed monitor is not well. */
    Health health();

    /**
     * Where {@link MonitorPaths} answer over HTTP, without a path; empty when {@link MonitorConfig#address()} asked for nothing.
     */
    Optional<URI> endpoint();

    /**
     * Ends the evaluation and the endpoint. Waits for callbacks that run, for {@link MonitorConfig#callbackTimeout()} at most,
     * and interrupts them then; those that wait for their turn are left out. Afterwards no thread of the monitor is left (rule
     * G-10). Closing again does nothing but wait for the same end; a callback may close its own monitor, and does not wait for
     * itself.
     *
     * @throws OperationInterruptedException when the thread is interrupted while it waits: the monitor is closed all the same
     */
    @Override
    void close();
}
