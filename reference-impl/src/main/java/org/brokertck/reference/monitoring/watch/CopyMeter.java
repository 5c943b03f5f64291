package org.brokertck.reference.monitoring.watch;

import java.util.concurrent.atomic.LongAdder;
import org.brokertck.api.monitoring.Outcome;
import org.brokertck.api.pubsub.TopicCounts;

/** One topic of a publish/subscribe broker. */
final class CopyMeter {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Recorder recorder;
    private final LongAdder bytes = new LongAdder();
    private final Samples ages = new Samples();
    /** Guarded by this, as the next. */
    private TopicCounts before = TopicCounts.NONE;

    private long bytesBefore;

    CopyMeter(Recorder recorder) {
        this.recorder = recorder;
    }

    void bytes(int size) {
        bytes.add(size);
    }

    /** How old a message was when it was taken; clocks that disagree may make it negative. */
    void age(long millis) {
        ages.add(Math.max(0, millis) * NANOS_PER_MILLI);
    }

    synchronized void handOn(TopicCounts now) {
        long published = now.published() - before.published();
        if (published > 0) {
            long all = bytes.sum();
            recorder.produced(published, all - bytesBefore);
            bytesBefore = all;
        }
        ages.speakFor(now.delivered() - before.delivered(), Outcome.SUCCESS, recorder);
        ages.speakFor(now.dropped() - before.dropped(), Outcome.FAILURE, recorder);
        ages.clear();
        before = now;
    }
}
