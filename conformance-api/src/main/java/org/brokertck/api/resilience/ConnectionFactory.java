package org.brokertck.api.resilience;

/**
 * Makes, checks and closes the connections of a pool. The pool calls it from many threads at once, never under a lock, and on
 * behalf of whoever borrows, gives back or closes. No two calls concern the same connection at once.
 *
 * @param <C> the connections
 */
public interface ConnectionFactory<C> {
    /**
     * Opens a connection.
     *
     * @throws Exception when it cannot be opened
     */
    C create() throws Exception;

    /**
     * Whether a connection that lay idle still works. One that does not, or for which this throws, is closed and replaced.
     *
     * @throws Exception when it does not work
     */
    boolean isValid(C connection) throws Exception;

    /**
     * Closes a connection, once. What it throws is nobody's concern any more.
     *
     * @throws Exception when closing fails
     */
    void close(C connection) throws Exception;
}
