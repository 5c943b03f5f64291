package org.brokertck.tck.workload.broker;

import java.util.List;
import java.util.Optional;

/**
 * One step of a schedule of a message broker. It has come to rest before the next one begins.
 *
 * @param kind what happens
 * @param which to which topic, subscription or waiting producer, modulo their number
 */
public record BrokerStep(Kind kind, int which) {
    /** What happens. */
    public enum Kind {
        /** A producer begins to produce, and waits where a subscriber has no room. */
        PRODUCE,
        /** A subscriber comes, whose handler holds each message until it is told how to end. */
        SUBSCRIBE,
        /** A subscription is closed; from inside its handler where that runs. */
        LEAVE,
        /** A handler returns. */
        SUCCEED,
        /** A handler throws. */
        FAIL,
        /** A producer that waits is interrupted. */
        INTERRUPT
    }

    /** To which of these it happens; to none where there are none. */
    public <T> Optional<T> pick(List<T> candidates) {
        return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.get(which % candidates.size()));
    }

    @Override
    public String toString() {
        return kind + " " + which;
    }
}
