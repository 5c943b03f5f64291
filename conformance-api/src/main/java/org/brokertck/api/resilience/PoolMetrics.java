package org.brokertck.api.resilience;

/**
 * The figures of a connection pool at one moment.
 *
 * @param idle connections that wait to be borrowed
 * @param inUse places taken by those who have borrowed a connection, or for whom one is being opened or validated; idle and in use
 *     are together never more than {@link PoolConfig#maxSize()}
 * @param waiting borrowers who wait for a connection
 * @param opened connections that were opened so far
 * @param closed connections that were closed so far
 * @param timeouts borrowers who found no connection in time so far, with a timeout of 0 too
 */
public record PoolMetrics(int idle, int inUse, int waiting, long opened, long closed, long timeouts) {}
