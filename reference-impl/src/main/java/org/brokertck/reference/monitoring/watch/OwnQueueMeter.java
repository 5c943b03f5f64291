package org.brokertck.reference.monitoring.watch;

import java.util.Optional;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.reference.queue.InMemoryQueue;
import org.brokertck.reference.queue.QueueCounts;
import org.brokertck.reference.queue.QueueObserver;

/**
 * Watches the reference's queue by what the queue counts in any case, under its own lock: to count once more, beside each message, takes
 * half as long as the whole way of a message does.
 */
final class OwnQueueMeter implements Meter, QueueObserver {
    private final InMemoryQueue queue;
    private final BrokerWatch watch;
    private final Recorder recorder;
    private final AttemptTimes times;
    /** What was handed on. Guarded by this, as the next. */
    private long produced;

    private long producedBytes;

    private OwnQueueMeter(BrokerWatch watch, InMemoryQueue queue) {
        this.queue = queue;
        this.watch = watch;
        this.recorder = Recorder.ofQueue(watch.monitor(), queue.name());
        this.times = new AttemptTimes(watch, recorder);
    }

    /** That queue, watched from now on; empty when someone watches it already. */
    static Optional<MessageQueue> tryWatch(BrokerWatch watch, InMemoryQueue queue) {
        OwnQueueMeter meter = new OwnQueueMeter(watch, queue);
        if (!queue.observe(meter)) {
            return Optional.empty();
        }
        meter.begin();
        watch.add(meter);
        return Optional.of(new OwnMonitoredQueue(queue, watch, meter));
    }

    private synchronized void begin() {
        QueueCounts before = queue.look();
        produced = before.produced();
        producedBytes = before.producedBytes();
        times.skip(before.consumed());
    }

    @Override
    public void changed() {
        watch.changed();
    }

    @Override
    public boolean isTimed(long number) {
        return times.isDue(number);
    }

    @Override
    public long nanoTime() {
        return watch.time().nanoTime();
    }

    @Override
    public void succeededAfter(long nanos) {
        times.succeededAfter(nanos);
    }

    @Override
    public void failedAfter(long nanos, boolean forGood) {
        times.failedAfter(nanos, forGood);
    }

    @Override
    public void failed(boolean forGood) {
        times.failed(forGood);
    }

    @Override
    public synchronized void handOn() {
        times.handOn(this::handOnCounts);
    }

    /** Gives back what was consumed. */
    private long handOnCounts() {
        QueueCounts counts = queue.look();
        recorder.produced(counts.produced() - produced, counts.producedBytes() - producedBytes);
        recorder.depth(counts.depth());
        recorder.inFlight(counts.inFlight());
        produced = counts.produced();
        producedBytes = counts.producedBytes();
        return counts.consumed();
    }
}
