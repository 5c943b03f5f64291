package org.brokertck.api.partitioned;

/**
 * What a shutdown cut off (rule L-18).
 *
 * @param unflushed records that were accepted by {@link PartitionedBroker#produceAsync} and that the broker could not be given in
 *     time; their futures have failed
 * @param interrupted handlers that were still running at the deadline; their records stay uncommitted
 */
public record ShutdownReport(long unflushed, int interrupted) {
    /** Nothing was cut off. */
    public static final ShutdownReport CLEAN = new ShutdownReport(0, 0);

    /** Whether nothing was cut off. */
    public boolean isClean() {
        return equals(CLEAN);
    }
}
