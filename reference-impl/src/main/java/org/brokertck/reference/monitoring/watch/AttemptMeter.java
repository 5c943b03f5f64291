package org.brokertck.reference.monitoring.watch;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Counts the attempts of the handlers of one queue, or of one group, and has them timed. */
final class AttemptMeter implements Meter {
    private final AttemptTimes times;
    private final LongAdder failed = new LongAdder();
    private final LongAdder deadLettered = new LongAdder();
    /** Guarded by this, as the next. */
    private final List<Lane> lanes = new ArrayList<>();

    /** What ended in lanes that are over. */
    private long endedBefore;

    AttemptMeter(BrokerWatch watch, Recorder recorder) {
        this.times = new AttemptTimes(watch, recorder, unused -> {});
    }

    /** Where the attempts of one more handler are counted, until it is closed. */
    synchronized Lane open() {
        Lane lane = new Lane(this);
        lanes.add(lane);
        return lane;
    }

    /** Begins an attempt, as {@link AttemptTimes#begin} does. */
    long begin(long number) {
        return times.begin(number);
    }

    void changed() {
        times.changed();
    }

    void succeeded(long begun) {
        times.succeeded(begun);
    }

    void failedForNow(long begun) {
        failed.increment();
        times.failed(begun, false);
    }

    void failedForGood(long begun) {
        failed.increment();
        deadLettered.increment();
        times.failed(begun, true);
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
        return succeeded() + deadLettered.sum();
    }

    /** Attempts; one that fails counts as failed before it has ended. */
    private long succeeded() {
        long ended = endedBefore + lanes.stream().mapToLong(Lane::ended).sum();
        return ended - failed.sum();
    }

    @Override
    public synchronized void handOn() {
        times.handOn(() -> {
            forgetLanesThatAreOver();
            return succeeded();
        });
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
