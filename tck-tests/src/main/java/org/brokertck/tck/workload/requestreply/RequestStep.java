package org.brokertck.tck.workload.requestreply;

import org.brokertck.tck.workload.Step;

/**
 * One step of a schedule of request/reply. It has come to rest before the next one begins.
 *
 * @param kind what happens
 * @param which to which topic, responder or request, modulo their number; how the request is made, and how long it may take
 */
public record RequestStep(Kind kind, int which) implements Step {
    /** What happens. */
    public enum Kind {
        /** Somebody asks, and waits or not. */
        REQUEST,
        /** A responder comes, which holds each request until it is told how to end. */
        RESPOND,
        /** A responder is closed; from inside its handler where that runs. */
        LEAVE,
        /** A responder that has left is closed again. */
        AGAIN,
        /** A handler replies. */
        REPLY,
        /** A handler throws. */
        FAIL,
        /** A handler returns null. */
        NOTHING,
        /** A future is cancelled. */
        CANCEL,
        /** A requester that waits is interrupted. */
        INTERRUPT,
        /** Too little time passes for any request that was just made. */
        WAIT,
        /** So much time passes that requests with a short timeout end. */
        PASS
    }

    /** Whether the requester waits for the reply. */
    public boolean waits() {
        return which % 3 == 0;
    }

    /** Whether the request has a short timeout. */
    public boolean isShort() {
        return which % 4 < 2;
    }

    @Override
    public String toString() {
        return switch (kind) {
            case WAIT, PASS -> kind.toString();
            case REQUEST ->
                "%s %d%s%s"
                        .formatted(kind, which, waits() ? " and wait" : "", isShort() ? " with a short timeout" : "");
            default -> kind + " " + which;
        };
    }
}
