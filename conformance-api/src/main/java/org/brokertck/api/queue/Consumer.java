package org.brokertck.api.queue;

/** A running consumer of a {@link MessageQueue}. */
public interface Consumer extends AutoCloseable {
    /**
     * Ends the consumer: its running handler finishes and its outcome counts, for at most
     * {@link QueueConfig#drainTimeout()}, after which it is interrupted; no further handler starts. What it held but had
     * not begun to handle goes back to its place in the queue (rule Q-26).
     *
     * <p>What a handler that outlived the drain timeout ends with may count, as any attempt does, or leave the message
     * unsettled, to be attempted again: both conform.
     *
     * <p>Allowed from any thread. Closing again does nothing but wait for the same end. Called from inside its own handler it
     * returns at once, and the consumer ends when that handler does (rules G-3, Q-28).
     *
     * @throws org.brokertck.api.OperationInterruptedException when the thread is interrupted while it waits: the consumer
     *     ends all the same, as though the drain timeout had run out
     */
    @Override
    void close();
}
