package org.brokertck.performance.load;

/**
 * Something that hands records from producers to handlers, and can be measured.
 *
 * @param <T> what a producer sends
 */
public interface Candidate<T> {
    /** A short name for tables. */
    String name();

    /**
     * Opens a fresh instance with its consumers running; the caller closes it.
     *
     * @param sink told of each record that arrives, on whatever thread
     * @throws Exception when it cannot be opened, a server that does not answer for instance
     */
    Lane<T> open(Setup setup, Sink sink) throws Exception;
}
