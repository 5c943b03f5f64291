package org.brokertck.reference.monitoring.watch;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.brokertck.api.monitoring.Outcome;
import org.brokertck.reference.queue.QueueObserver;
import org.brokertck.reference.time.TimeSource;

/**
 * How long the attempts of the handlers of one queue, or of one group, took. Reading the clock twice would cost more than a quick
 * attempt does, so while attempts are quick only some are timed: the first after each time that something was handed on, so that it is
 * noticed when they become slow, and then so few that the compiler takes timing for the exception which it is, and keeps it out of the
 * way. What is slow or fails is recorded when it happens.
 */
final class AttemptTimes {
    /** What {@link #begin} gives for most quick attempts. */
    private static final long UNTIMED = Long.MIN_VALUE;

    /** From here on timing costs less than a hundredth of the attempt. */
    private static final long SLOW_NANOS = 10_000;

    private final BrokerWatch watch;
    private final TimeSource time;
    private final Recorder recorder;
    private final Consumer<Boolean> switched;
    private final LongAdder slow = new LongAdder();
    private final Samples samples = new Samples();
    /** Whether the next attempt is timed, since the last one was slow or nothing is known of them. */
    private volatile boolean timed = true;
    /** Whether attempts need only be counted, since they are to be handed on already, and few are timed: one look in place of two. */
    private volatile boolean calm;
    /** Guarded by this. */
    private long handedOn;

    /** @param switched hears whether each attempt is to be timed from now on, or few are */
    AttemptTimes(BrokerWatch watch, Recorder recorder, Consumer<Boolean> switched) {
        this.watch = watch;
        this.time = watch.time();
        this.recorder = recorder;
        this.switched = switched;
    }

    /** So many attempts had succeeded before anyone watched. */
    synchronized void skip(long succeeded) {
        handedOn = succeeded;
    }

    /**
     * Begins an attempt.
     *
     * @param number counts the attempts of those that run one after another
     * @return the time of its beginning; {@link #UNTIMED} when it is not timed
     */
    long begin(long number) {
        boolean isDue = (number & (QueueObserver.ONE_IN - 1)) == 0;
        if (!calm) {
            watch.changed();
            isDue |= timed;
            calmDown();
        }
        return isDue ? time.nanoTime() : UNTIMED;
    }

    void changed() {
        if (!calm) {
            watch.changed();
        }
    }

    /** Whoever ends the calm does so last, and this looks last: so it does not outlast its reasons. */
    private void calmDown() {
        calm = true;
        if (timed || !watch.isAlarmSet()) {
            calm = false;
        }
    }

    private void time(boolean attempts) {
        timed = attempts;
        if (attempts) {
            calm = false;
        }
        switched.accept(attempts);
    }

    void succeeded(long begun) {
        if (begun != UNTIMED) {
            succeededAfter(time.nanoTime() - begun);
        }
    }

    void succeededAfter(long nanos) {
        long duration = Math.max(0, nanos);
        boolean isSlow = duration >= SLOW_NANOS;
        if (isSlow && timed) {
            recorder.attempts(Duration.ofNanos(duration), Outcome.SUCCESS, 1);
            slow.increment();
        } else {
            samples.add(duration);
        }
        if (isSlow != timed) {
            time(isSlow);
        }
    }

    /** @param forGood whether no other attempt follows */
    void failed(long begun, boolean forGood) {
        if (begun == UNTIMED) {
            failed(forGood);
        } else {
            failedAfter(time.nanoTime() - begun, forGood);
        }
    }

    /** An attempt that was not timed. */
    void failed(boolean forGood) {
        failedAfter(samples.latest(), forGood);
    }

    void failedAfter(long nanos, boolean forGood) {
        recorder.attempts(Duration.ofNanos(Math.max(0, nanos)), Outcome.FAILURE, 1);
        if (forGood) {
            recorder.deadLettered();
        } else {
            recorder.retried();
        }
    }

    /**
     * Records the quick attempts.
     *
     * @param succeeded reads how many attempts of any duration have succeeded
     */
    synchronized void handOn(LongSupplier succeeded) {
        calm = false; // first: what comes from here on is handed on the next time
        long all = succeeded.getAsLong(); // before those that were slow, which are counted as such earlier
        long quick = all - slow.sum();
        if (quick > handedOn) {
            samples.speakFor(quick - handedOn, Outcome.SUCCESS, recorder);
            samples.clear();
            handedOn = quick;
        }
        time(true);
    }
}
