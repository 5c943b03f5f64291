package org.brokertck.performance.load;

/**
 * One producer's end of a {@link Lane}, used by one thread.
 *
 * @param <T> what is sent
 */
@FunctionalInterface
public interface Sender<T> {
    /**
     * Sends one record; waits where there is no room.
     *
     * @param item may be changed by the caller afterwards, when it is a {@link Keyed}; what it refers to may not
     */
    void send(T item) throws Exception;

    /** Called once when the producer has nothing more to send: whatever was held back goes out. */
    default void flush() throws Exception {}
}
