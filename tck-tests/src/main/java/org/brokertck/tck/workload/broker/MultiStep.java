package org.brokertck.tck.workload.broker;

import org.brokertck.tck.workload.Step;

/**
 * One step of a schedule of a multi-broker. It has come to rest before the next one begins.
 *
 * @param kind what happens
 * @param which to which broker, topic, pattern or subscription, modulo their number
 * @param how which failure, health or list of brokers, modulo their number
 */
public record MultiStep(Kind kind, int which, int how) implements Step {
    /** What happens. */
    public enum Kind {
        /** A message is produced. */
        PRODUCE,
        /** Produces of a broker fail from now on, though it says that it is well. */
        FAILS,
        /** A broker takes what it is given, and its answers are lost. */
        LOSES_ANSWERS,
        /** A broker finds every message too large. */
        TOO_LARGE,
        /** A broker takes no subscriptions from now on, though it says that it is well. */
        REFUSES,
        /** Produces and subscriptions of a broker work again. */
        WORKS,
        /** A broker says another health of itself, and works or fails as before. */
        SAYS,
        /** A broker's server goes. */
        DOWN,
        /** A broker's server comes back. */
        UP,
        /** Too little time passes for a probe. */
        WAIT,
        /** So much time passes that probes are due. */
        PASS,
        /** Somebody subscribes. */
        SUBSCRIBE,
        /** A subscription is closed. */
        LEAVE,
        /** A rule is set, or replaced in place. */
        ROUTE,
        /** One more broker is added. */
        ADD
    }

    @Override
    public String toString() {
        return switch (kind) {
            case WAIT, PASS, ADD -> kind.toString();
            case SAYS, FAILS, ROUTE -> kind + " " + which + " " + how;
            default -> kind + " " + which;
        };
    }
}
