package org.brokertck.reference.queue;

import org.brokertck.api.queue.QueueMetrics;

/** What a queue counts. Changed and read only under the queue's lock, so that every snapshot is consistent (rule Q-19). */
class Counters {
    private long produced;
    private long consumed;
    private long failed;
    private long inFlight;

    void produced() {
        produced++;
    }

    void handlerStarts() {
        inFlight++;
    }

    void handlerEnded() {
        inFlight--;
    }

    void consumed() {
        consumed++;
    }

    void failed() {
        failed++;
    }

    QueueMetrics snapshot(int deadLetters) {
        return new QueueMetrics(produced, consumed, failed, inFlight, deadLetters);
    }
}
