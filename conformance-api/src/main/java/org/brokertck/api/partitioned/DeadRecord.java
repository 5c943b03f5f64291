package org.brokertck.api.partitioned;

import java.util.Objects;
import org.brokertck.api.message.Failure;

/**
 * A record that a group set aside (rule L-15).
 *
 * @param record as it was delivered
 * @param group the group whose handler failed
 * @param attempts how often it was given the record; at least 1
 * @param failure what the last attempt threw
 */
public record DeadRecord(PartitionRecord record, String group, int attempts, Failure failure) {
    /** Checks that all are there. */
    public DeadRecord {
        Objects.requireNonNull(record, "record");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(failure, "failure");
        if (attempts < 1) {
            throw new IllegalArgumentException(
                    "attempts is " + attempts + ": a dead record was attempted at least once");
        }
    }
}
