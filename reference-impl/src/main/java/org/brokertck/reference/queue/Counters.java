package org.brokertck.reference.queue;

import org.brokertck.api.message.Message;
import org.brokertck.api.queue.QueueMetrics;

/** What a queue counts. Changed and read only under the queue's lock, so that every snapshot is consistent (rule Q-19). */
class Counters {
    private long produced;
    private long producedBytes;
    private long consumed;
    private long failed;
    private long inFlight;

    void produced(Message message) {
        produced++;
        producedBytes += message.payloadSize();
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

    /** @param depth the messages that wait for their first or next attempt */
    QueueCounts counts(int depth) {
        return new QueueCounts(produced, producedBytes, consumed, inFlight, depth);
    }
}
