package org.brokertck.api.partitioned;

/** Where a new group starts in each partition (rule L-12). */
public enum StartFrom {
    /** With the oldest record that is kept. */
    EARLIEST,
    /** With the first record that is produced after the group came to be. */
    LATEST
}
