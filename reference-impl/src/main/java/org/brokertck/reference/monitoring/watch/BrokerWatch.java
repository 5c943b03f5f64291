package org.brokertck.reference.monitoring.watch;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.brokertck.api.monitoring.QueueMonitor;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.reference.queue.InMemoryQueue;
import org.brokertck.reference.queue.QueueObserver;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Wraps brokers so that a monitor sees what passes them. A wrapped broker is used as the one inside; closing it closes that one.
 *
 * <p>What is fast costs most to watch, so it is counted and handed on together: a fifth of a second after it happened at the latest,
 * with {@link #refresh()} at once. While attempts take ten microseconds or more each is recorded when it happens, and so is whatever
 * fails. Of quick attempts the first after each handing on is timed, and one in {@value QueueObserver#ONE_IN} of the rest; they speak
 * for the others. All are counted.
 *
 * <p>An {@link InMemoryQueue} counts for the watch that comes first, all that anyone does with it. Otherwise a watch tells what
 * <em>these</em> instances do: where a broker has several clients, each watches its own, and the depth of a queue is exact only where
 * one instance produces and consumes all of it. Watch each queue once for a monitor. A monitor that is closed or refuses a name is no
 * reason for a broker to fail: then nothing is recorded.
 */
public final class BrokerWatch implements AutoCloseable {
    /** How late the monitor may hear of what is quick. */
    private static final Duration LATEST = Duration.ofMillis(200);

    private final QueueMonitor monitor;
    private final TimeSource time;
    private final @Nullable SystemTimeSource ownTime;
    private final Set<Meter> meters = ConcurrentHashMap.newKeySet();
    private final Object alarmGuard = new Object();
    private volatile boolean alarmIsSet;

    private BrokerWatch(QueueMonitor monitor, TimeSource time, @Nullable SystemTimeSource ownTime) {
        this.monitor = Objects.requireNonNull(monitor, "monitor");
        this.time = Objects.requireNonNull(time, "time");
        this.ownTime = ownTime;
    }

    /** A watch on the system's time, with one thread that starts when there is first something to hand on. */
    public static BrokerWatch on(QueueMonitor monitor) {
        SystemTimeSource ownTime = new SystemTimeSource("brokertck-watch");
        return new BrokerWatch(monitor, ownTime, ownTime);
    }

    /** A watch on the time given, which outlives it. */
    public static BrokerWatch on(QueueMonitor monitor, TimeSource time) {
        return new BrokerWatch(monitor, time, null);
    }

    /**
     * A queue that is watched, under its own name: depth, messages in flight, attempts, retries, dead letters. An {@link InMemoryQueue} that
     * nobody watches yet is given back as it is.
     *
     * @throws IllegalArgumentException when the monitor does not take its name
     */
    public MessageQueue queue(MessageQueue queue) {
        boolean countsItself = Objects.requireNonNull(queue, "queue") instanceof InMemoryQueue own
                && OwnQueueMeter.tryWatch(this, own);
        return countsItself ? queue : new MonitoredQueue(queue, this);
    }

    /**
     * A publish/subscribe broker that is watched: each topic is a queue of the monitor. A copy that is taken counts as an attempt
     * that succeeded and took as long as the message's timestamp lies back, one that is dropped as an attempt that failed. Depths are
     * not recorded, since no broker tells how much is buffered.
     */
    public PubSubBroker pubSub(PubSubBroker broker) {
        return new MonitoredPubSub(Objects.requireNonNull(broker, "broker"), this);
    }

    /**
     * A partitioned broker that is watched: each topic is a queue of the monitor. Its depth is what the slowest group of this instance
     * has yet to settle.
     *
     * @param config as the broker was opened with, since neither its delivery limit nor where its groups start can be seen from outside
     */
    public PartitionedBroker partitioned(PartitionedBroker broker, PartitionedConfig config) {
        return new MonitoredPartitioned(
                Objects.requireNonNull(broker, "broker"), Objects.requireNonNull(config, "config"), this);
    }

    /** A target whose queues, publish/subscribe brokers and partitioned brokers are watched; to test and to measure that. */
    public ConformanceTarget target(ConformanceTarget target) {
        return new WatchedTarget(Objects.requireNonNull(target, "target"), this);
    }

    /** Hands on everything that has happened before the call. */
    public void refresh() {
        meters.forEach(Meter::handOn);
    }

    /** Hands on what is left, and ends the watch's thread. Brokers that are still open go on unwatched, but for what fails or is slow. */
    @Override
    public void close() {
        refresh();
        if (ownTime != null) {
            ownTime.close();
        }
    }

    QueueMonitor monitor() {
        return monitor;
    }

    TimeSource time() {
        return time;
    }

    void add(Meter meter) {
        meters.add(meter);
    }

    /** Hands on what is left of something that ends. */
    void remove(Meter meter) {
        meters.remove(meter);
        meter.handOn();
    }

    /** Something is to be handed on. Called so often that it must cost nothing when the alarm is set. */
    void changed() {
        if (!alarmIsSet) {
            setAlarm();
        }
    }

    /** Whether everything up to now will be handed on. */
    boolean isAlarmSet() {
        return alarmIsSet;
    }

    private void setAlarm() {
        synchronized (alarmGuard) {
            if (alarmIsSet) {
                return;
            }
            alarmIsSet = true;
        }
        try {
            time.schedule(LATEST, this::alarm);
        } catch (RejectedExecutionException closed) {
            // The watch is closed: the flag stays set, so that nobody tries again.
        }
    }

    private void alarm() {
        alarmIsSet = false; // first: what changes from here on sets the next one
        refresh();
    }
}
