package org.brokertck.reference.monitoring.watch;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.brokertck.api.monitoring.Outcome;
import org.brokertck.reference.time.TimeSource;

/**
 * Counts the attempts of the handlers of one queue, or of one group. Reading the clock twice would cost more than a quick attempt
 * does, so while attempts are quick only some are timed.
 */
final class AttemptMeter implements Meter {
    /** How many quick attempts share one that is timed; a power of two. */
    static final int ONE_IN = 16;

    /** What {@link #begin} gives for most quick attempts. */
    static final long UNTIMED = Long.MIN_VALUE;

    /** From here on timing costs less than a hundredth of the attempt. */
    private static final long SLOW_NANOS = 10_000;

    private final BrokerWatch watch;
    private final TimeSource time;
    private final Recorder recorder;
    private final LongAdder started = new LongAdder();
    /** Attempts that succeeded and were not timed, and the quick ones that were timed for them. */
    private final LongAdder quick = new LongAdder();

    private final LongAdder slow = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder deadLettered = new LongAdder();
    private final Samples samples = new Samples();
    private volatile boolean wasSlow = true;
    /** Guarded by this. */
    private long handedOn;

    AttemptMeter(BrokerWatch watch, Recorder recorder) {
        this.watch = watch;
        this.time = watch.time();
        this.recorder = recorder;
    }

    /**
     * Begins an attempt.
     *
     * @param number counts the attempts of one handler
     * @return the time of its beginning; {@link #UNTIMED} when it is not timed
     */
    long begin(int number) {
        started.increment();
        watch.changed();
        return wasSlow || (number & (ONE_IN - 1)) == 0 ? time.nanoTime() : UNTIMED;
    }

    /** The attempt succeeded. */
    void succeeded(long begun) {
        if (begun == UNTIMED) {
            quick.increment();
        } else {
            succeededAfter(Math.max(0, time.nanoTime() - begun));
        }
        watch.changed();
    }

    private void succeededAfter(long duration) {
        boolean isSlow = duration >= SLOW_NANOS;
        if (isSlow && wasSlow) {
            recorder.attempts(Duration.ofNanos(duration), Outcome.SUCCESS, 1);
            slow.increment();
        } else {
            samples.add(duration);
            quick.increment();
        }
        wasSlow = isSlow;
    }

    /** The attempt failed, and another one follows. */
    void failedForNow(long begun) {
        failed(begun);
        recorder.retried();
        watch.changed();
    }

    /** The attempt failed, and was the last. */
    void failedForGood(long begun) {
        failed(begun);
        deadLettered.increment();
        recorder.deadLettered();
        watch.changed();
    }

    private void failed(long begun) {
        long duration = begun == UNTIMED ? samples.latest() : Math.max(0, time.nanoTime() - begun);
        failed.increment();
        recorder.attempts(Duration.ofNanos(duration), Outcome.FAILURE, 1);
    }

    /** Handlers that run now. */
    long inFlight() {
        long ended = quick.sum() + slow.sum() + failed.sum();
        return Math.max(0, started.sum() - ended);
    }

    /** Messages that are done with. */
    long settled() {
        return quick.sum() + slow.sum() + deadLettered.sum();
    }

    @Override
    public synchronized void handOn() {
        long all = quick.sum();
        samples.speakFor(all - handedOn, Outcome.SUCCESS, recorder);
        samples.clear();
        handedOn = all;
    }
}
