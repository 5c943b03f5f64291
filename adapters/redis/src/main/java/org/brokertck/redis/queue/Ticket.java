package org.brokertck.redis.queue;

import java.util.concurrent.atomic.AtomicBoolean;

/** One call of produce, known to the server by its lane and number, so that it can be repeated without a duplicate. */
final class Ticket {
    private final long lane;
    private final long number;
    private final String token;
    private final AtomicBoolean counted = new AtomicBoolean();
    private boolean maybeTaken;

    Ticket(String instance, long lane, long number) {
        this.lane = lane;
        this.number = number;
        this.token = instance + "/" + lane + "/" + number;
    }

    long lane() {
        return lane;
    }

    long number() {
        return number;
    }

    /** Travels with the message. */
    String token() {
        return token;
    }

    /** Whether this is the first to see that the message was taken: its producer, or a consumer who got it sooner. */
    boolean count() {
        return counted.compareAndSet(false, true);
    }

    /** Whether a reply got lost, so that the message may be in the queue. For the producing thread only. */
    boolean maybeTaken() {
        return maybeTaken;
    }

    void setMaybeTaken(boolean maybeTaken) {
        this.maybeTaken = maybeTaken;
    }
}
