package com.example;

import org.brokertck.api.message.Message;

/**
 * A message that waits for its next attempt. Due times decide which comes first, and arrival decides between equal ones,
 * so that one order serves both first attempts (first in, first out) and retries (not before their delay is over).
 *
 * @param message as its next attempt will carry it
 * @param due when it may be attempted, on the scale of {@link System#nanoTime()}
 * @param arrival grows by one with each message that is put in
 */
record Waiting(Message message, long due, long arrival) implements Comparable<Waiting> {
    /** By difference, as {@link System#nanoTime()} asks for: its values may overflow. */
    @Override
    public int compareTo(Waiting other) {
        long later = due - other.due;
        return later == 0 ? Long.compare(arrival, other.arrival) : Long.signum(later);
    }
}
