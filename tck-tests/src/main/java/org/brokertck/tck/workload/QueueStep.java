package org.brokertck.tck.workload;

/**
 * One step of a schedule. It has come to rest before the next one begins.
 *
 * @param kind what happens
 * @param which to which consumer, held message or waiting producer, modulo their number; how many retries a message permits; how many
 *     dead letters are redriven
 */
public record QueueStep(Kind kind, int which) implements Step {
    /** What happens. */
    public enum Kind {
        /** A producer begins to produce, and waits where the queue is full. */
        PRODUCE,
        /** A consumer joins, which holds each message until it is told how to end. */
        JOIN,
        /** A consumer is closed; from inside its handler where that runs. */
        LEAVE,
        /** A consumer that has left is closed again. */
        AGAIN,
        /** A handler returns. */
        SUCCEED,
        /** A handler throws. */
        FAIL,
        /** A producer that waits is interrupted. */
        INTERRUPT,
        /** Some dead letters are redriven. */
        REDRIVE,
        /** All dead letters are purged. */
        PURGE,
        /** So much time passes that all retries are due. */
        PASS,
        /** So much time passes that every producer gives up that waits. */
        GIVE_UP
    }

    /** How many retries the produced message permits. */
    public int maxRetries() {
        return which % 3;
    }

    /** How many dead letters are redriven at most. */
    public int limit() {
        return 1 + which % 3;
    }

    @Override
    public String toString() {
        return switch (kind) {
            case JOIN, PURGE, PASS, GIVE_UP -> kind.toString();
            case PRODUCE -> kind + " maxRetries=" + maxRetries();
            case REDRIVE -> kind + " limit=" + limit();
            default -> kind + " " + which;
        };
    }
}
