package org.brokertck.tck.workload.broker;

import org.brokertck.tck.workload.Step;

/**
 * One step of a schedule of a message broker. It has come to rest before the next one begins.
 *
 * @param kind what happens
 * @param which to which topic, subscription or waiting producer, modulo their number
 */
public record BrokerStep(Kind kind, int which) implements Step {
    /** What happens. */
    public enum Kind {
        /** A producer begins to produce, and waits where a subscriber has no room. */
        PRODUCE,
        /** A subscriber comes, whose handler holds each message until it is told how to end. */
        SUBSCRIBE,
        /** A subscription is closed; from inside its handler where that runs. */
        LEAVE,
        /** A subscription that has left is closed again. */
        AGAIN,
        /** A handler returns. */
        SUCCEED,
        /** A handler throws. */
        FAIL,
        /** A producer that waits is interrupted. */
        INTERRUPT
    }

    @Override
    public String toString() {
        return kind + " " + which;
    }
}
