package org.brokertck.reference.monitoring.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.brokertck.api.monitoring.Outcome;
import org.brokertck.reference.time.TimeSource;

/**
 * Counts the attempts of the handlers of one queue, or of one group. Reading the clock twice would cost more than a quick attempt
 * does, so while attempts are quick only some are timed: the first after each time that something was handed on, so that it is noticed
 * when they become slow, and then so few that the compiler takes timing for the exception which it is, and keeps it out of the way.
 */
final class AttemptMeter implements Meter {
    /** How many quick attempts share one that is timed; a power of two. */
    static final int ONE_IN = 1024;

    /** What {@link #begin} gives for most quick attempts. */
    private static final long UNTIMED = Long.MIN_VALUE;

    /** From here on timing costs less than a hundredth of the attempt. */
    private static final long SLOW_NANOS = 10_000;

    private final BrokerWatch watch;
    private final TimeSource time;
    private final Recorder recorder;
    private final LongAdder slow = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder deadLettered = new LongAdder();
    private final Samples samples = new Samples();
    /** Whether the next attempt is timed, since the last one was slow or nothing is known of them. */
    private volatile boolean timed = true;
    /** Whether attempts need only be counted, since they are to be handed on already, and few are timed: one look in place of two. */
    private volatile boolean calm;
    /** Guarded by this, as the next two. */
    private final List<Lane> lanes = new ArrayList<>();

    /** What ended in lanes that are over. */
    private long endedBefore;

    private long handedOn;

    AttemptMeter(BrokerWatch watch, Recorder recorder) {
        this.watch = watch;
        this.time = watch.time();
        this.recorder = recorder;
    }

    /** Where the attempts of one more handler are counted, until it is closed. */
    synchronized Lane open() {
        Lane lane = new Lane(this);
        lanes.add(lane);
        return lane;
    }

    /**
     * Begins an attempt.
     *
     * @param number counts the attempts of one lane
     * @return the time of its beginning; {@link #UNTIMED} when it is not timed
     */
    long begin(long number) {
        boolean isTimed = (number & (ONE_IN - 1)) == 0;
        if (!calm) {
            watch.changed();
            isTimed |= timed;
            calmDown();
        }
        return isTimed ? time.nanoTime() : UNTIMED;
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
    }

    void succeeded(long begun) {
        if (begun != UNTIMED) {
            succeededAfter(Math.max(0, time.nanoTime() - begun));
        }
    }

    private void succeededAfter(long duration) {
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

    void failedForNow(long begun) {
        failed(begun);
        recorder.retried();
    }

    void failedForGood(long begun) {
        failed(begun);
        deadLettered.increment();
        recorder.deadLettered();
    }

    private void failed(long begun) {
        long duration = begun == UNTIMED ? samples.latest() : Math.max(0, time.nanoTime() - begun);
        failed.increment();
        recorder.attempts(Duration.ofNanos(duration), Outcome.FAILURE, 1);
    }

    /** Handlers that run now. */
    synchronized long inFlight() {
        long running = 0;
        for (Lane lane : lanes) {
            long ended = lane.ended(); // first: what begins meanwhile runs, and nothing has ended before it began
            running += lane.begun() - ended;
        }
        return running;
    }

    /** Messages that are done with. */
    synchronized long settled() {
        long ended = ended();
        return ended - failed.sum() + deadLettered.sum();
    }

    private long ended() {
        return endedBefore + lanes.stream().mapToLong(Lane::ended).sum();
    }

    @Override
    public synchronized void handOn() {
        calm = false; // first: what comes from here on is handed on the next time
        forgetLanesThatAreOver();
        long ended = ended(); // first: what was counted as slow or failed before has ended by then or later
        long quick = ended - slow.sum() - failed.sum();
        if (quick > handedOn) {
            samples.speakFor(quick - handedOn, Outcome.SUCCESS, recorder);
            samples.clear();
            handedOn = quick;
        }
        time(true);
    }

    private void forgetLanesThatAreOver() {
        for (Iterator<Lane> each = lanes.iterator(); each.hasNext(); ) {
            Lane lane = each.next();
            if (lane.isOver()) {
                endedBefore += lane.ended();
                each.remove();
            }
        }
    }
}
