package org.brokertck.performance.load;

/**
 * What a measurement of throughput found.
 *
 * @param records how many were sent and arrived
 * @param nanos from the start of the producers to the arrival of the last record
 * @param allocated bytes that all threads together allocated meanwhile
 */
public record Throughput(long records, long nanos, long allocated) {
    /** Records per second. */
    public double perSecond() {
        return records * 1e9 / nanos;
    }

    /** Bytes allocated per record, those of the load itself included. */
    public double allocatedPerRecord() {
        return (double) allocated / records;
    }
}
