package org.brokertck.api.resilience;

/**
 * A connection while it is borrowed from a {@link ConnectionPool}. The handle is good for one borrowing: once it was closed or
 * discarded, it gives the connection out no more, which may by then be someone else's.
 *
 * @param <C> the connection
 */
public interface PooledConnection<C> extends AutoCloseable {
    /**
     * The connection itself.
     *
     * @throws IllegalStateException when it was given back or discarded
     */
    C get();

    /**
     * Gives a broken connection up: it is closed and never lent again, and its place in the pool is free for a new one. Does nothing
     * when the connection was given back or discarded before.
     */
    void discard();

    /** Gives the connection back. Does nothing when it was given back or discarded before. */
    @Override
    void close();
}
