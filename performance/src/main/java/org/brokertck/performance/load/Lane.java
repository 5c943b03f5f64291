package org.brokertck.performance.load;

/**
 * An open instance of a {@link Candidate}.
 *
 * @param <T> what a producer sends
 */
public interface Lane<T> extends AutoCloseable {
    /** What one producer thread sends with; called by that thread. */
    Sender<T> sender() throws Exception;

    /** Ends consumers and instance, and waits for their threads. What has not arrived by then may be lost. */
    @Override
    void close() throws Exception;
}
