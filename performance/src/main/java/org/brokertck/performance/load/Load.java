package org.brokertck.performance.load;

import java.util.function.IntFunction;

/**
 * What producers send.
 *
 * @param feeds makes a producer's own source of records, given the producer's number from 0
 * @param cycle the stamps run from 0 to {@code cycle - 1} and begin anew; a power of two, or {@link #ENDLESS}
 * @param <T> the records
 */
public record Load<T>(IntFunction<Feed<T>> feeds, long cycle) {
    /** For a source that makes every record afresh, with any stamp. */
    public static final long ENDLESS = 1L << 62;

    /**
     * One producer's source of records, used by one thread.
     *
     * @param <T> the records
     */
    @FunctionalInterface
    public interface Feed<T> {
        /** The next record, with this stamp. */
        T next(long stamp);
    }
}
