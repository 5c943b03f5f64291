package org.brokertck.api.partitioned;

/**
 * Where a record is.
 *
 * @param partition its partition, from 0
 * @param offset its place in the partition, from 0; {@value #UNKNOWN_OFFSET} when the broker does not tell, which it does with the
 *     capability {@code OFFSETS} (rule L-5)
 */
public record Position(int partition, long offset) {
    /** The offset of a record whose place the broker does not tell. */
    public static final long UNKNOWN_OFFSET = -1;
}
