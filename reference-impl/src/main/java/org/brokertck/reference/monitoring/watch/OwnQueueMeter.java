package org.brokertck.reference.monitoring.watch;

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
        this.times = new AttemptTimes(watch, recorder, queue::timeAll);
    }

    /** Watches that queue until it is closed. @return false when someone else watches it */
    static boolean tryWatch(BrokerWatch watch, InMemoryQueue queue) {
        OwnQueueMeter meter = new OwnQueueMeter(watch, queue);
        if (!queue.observe(meter)) {
            return false;
        }
        meter.begin();
        watch.add(meter);
        return true;
    }

    private synchronized void begin() {
        queue.timeAll(true);
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
    public void closed() {
        watch.remove(this);
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
