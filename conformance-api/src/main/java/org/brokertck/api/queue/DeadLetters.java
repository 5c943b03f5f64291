package org.brokertck.api.queue;

import java.util.List;

/**
 * The dead letters of one queue, oldest first. All methods may be called from many threads at once; each throws
 * {@link org.brokertck.api.ClosedException} when the queue is closed and
 * {@link org.brokertck.api.BrokerUnavailableException} when its server cannot be reached.
 */
public interface DeadLetters {
    /**
     * Looks without removing (rule Q-16).
     *
     * @param limit at least 1: how many to return at most
     * @return a snapshot of the oldest, in the order in which they were parked; changing it changes nothing else (rule G-8)
     * @throws IllegalArgumentException when the limit is below 1
     */
    List<DeadLetter> list(int limit);

    /**
     * Returns the oldest dead letters to the end of the queue, in order, with no failed attempts counted against them
     * (rule Q-17). Redriving ignores the capacity: what has been taken in once is never refused.
     *
     * @param limit at least 1: how many to return at most
     * @return how many went back
     * @throws IllegalArgumentException when the limit is below 1
     */
    int redrive(int limit);

    /** Returns all dead letters to the queue, as {@link #redrive(int)} does. */
    default int redrive() {
        return redrive(Integer.MAX_VALUE);
    }

    /**
     * Deletes all dead letters for good.
     *
     * @return how many were deleted
     */
    int purge();
}
