package org.brokertck.api.partitioned;

import java.util.List;

/**
 * The records of one topic whose attempts are used up, oldest first (rule L-15). Each method throws
 * {@link org.brokertck.api.ClosedException} when the broker is shut down and
 * {@link org.brokertck.api.BrokerUnavailableException} when its server cannot be reached.
 */
public interface RecordDeadLetters {
    /**
     * Looks without removing.
     *
     * @param limit at least 1: how many to return at most
     * @return a snapshot of the oldest, in the order in which they were set aside
     * @throws IllegalArgumentException when the limit is below 1
     */
    List<DeadRecord> list(int limit);

    /**
     * Deletes all for good.
     *
     * @return how many were deleted
     */
    int purge();
}
