package org.brokertck.reference.monitoring.watch;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.brokertck.api.monitoring.Outcome;

/** The durations of the attempts that were timed for all those that were not: the last few of them. */
final class Samples {
    private static final int ROOM = 64;

    private final AtomicLongArray nanos = new AtomicLongArray(ROOM);
    private final AtomicInteger taken = new AtomicInteger();

    void add(long duration) {
        nanos.set(taken.getAndIncrement() & (ROOM - 1), duration);
    }

    /** The last one; 0 when there is none yet. */
    long latest() {
        return nanos.get((taken.get() - 1) & (ROOM - 1));
    }

    /** Records so many attempts as though each had taken as long as one of the samples, each sample standing for as many. */
    void speakFor(long attempts, Outcome outcome, Recorder recorder) {
        int samples = Math.min(Math.max(taken.get(), 1), ROOM);
        long each = attempts / samples;
        long rest = attempts % samples;
        for (int i = 0; i < samples; i++) {
            recorder.attempts(Duration.ofNanos(nanos.get(i)), outcome, each + (i < rest ? 1 : 0));
        }
    }

    /** Forgets them: what comes next speaks for itself. */
    void clear() {
        if (taken.get() > 1) {
            nanos.set(0, latest());
            taken.set(1);
        }
    }
}
