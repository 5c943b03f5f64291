package org.brokertck.reference.monitoring.watch;

import org.brokertck.api.monitoring.Outcome;
import org.brokertck.api.pubsub.TopicCounts;

/** One topic of a publish/subscribe broker. */
final class CopyMeter {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Recorder recorder;
    private final Traffic published = new Traffic();
    private final Samples ages = new Samples();
    /** Guarded by this. */
    private TopicCounts before = TopicCounts.NONE;

    CopyMeter(Recorder recorder) {
        this.recorder = recorder;
    }

    void published(int size) {
        published.add(size);
    }

    /** How old a message was when it was taken; clocks that disagree may make it negative. */
    void age(long millis) {
        ages.add(Math.max(0, millis) * NANOS_PER_MILLI);
    }

    synchronized void handOn(TopicCounts now) {
        long messages = now.published() - before.published();
        if (messages > 0) {
            recorder.produced(messages, published.look().bytes());
        }
        ages.speakFor(now.delivered() - before.delivered(), Outcome.SUCCESS, recorder);
        ages.speakFor(now.dropped() - before.dropped(), Outcome.FAILURE, recorder);
        ages.clear();
        before = now;
    }
}
