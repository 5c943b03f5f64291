package org.brokertck.reference.monitoring.watch;

import java.util.concurrent.atomic.LongAdder;

/** Counts what goes into one queue and what comes out of it. */
final class QueueMeter implements Meter {
    private final BrokerWatch watch;
    private final Recorder recorder;
    private final AttemptMeter attempts;
    private final Traffic produced = new Traffic();
    private final LongAdder redriven = new LongAdder();

    QueueMeter(BrokerWatch watch, String queue) {
        this.watch = watch;
        this.recorder = Recorder.ofQueue(watch.monitor(), queue);
        this.attempts = new AttemptMeter(watch, recorder);
    }

    AttemptMeter attempts() {
        return attempts;
    }

    void produced(int size) {
        produced.add(size);
        watch.changed();
    }

    void redriven(int messages) {
        redriven.add(messages);
        watch.changed();
    }

    @Override
    public synchronized void handOn() {
        attempts.handOn();
        // What left is read before what came: a message that passes meanwhile must not count as having left alone.
        long settled = attempts.settled();
        long inFlight = attempts.inFlight();
        Traffic.Since since = produced.look();
        recorder.produced(since.messages(), since.bytes());
        recorder.inFlight(inFlight);
        recorder.depth(produced.messages() + redriven.sum() - settled - inFlight);
    }
}
