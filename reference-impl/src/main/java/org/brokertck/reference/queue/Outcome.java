package org.brokertck.reference.queue;

import java.time.Duration;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.DeadLetter;

/** What one attempt led to. Made outside the queue's lock, since describing a failure runs the user's code. */
sealed interface Outcome {
    /** The outcome of every success. */
    Outcome HANDLED = new Handled();

    /** The handler returned. */
    record Handled() implements Outcome {}

    /**
     * The handler threw, and may try again.
     *
     * @param next the message as its next attempt carries it
     * @param delay how long it waits for that
     */
    record Retry(Message next, Duration delay) implements Outcome {}

    /**
     * The handler threw at the last permitted attempt.
     *
     * @param letter what is parked
     */
    record Park(DeadLetter letter) implements Outcome {}
}
