package org.brokertck.api.multibroker;

/** A handler that hears a topic, until this is closed. */
public interface TopicSubscription extends AutoCloseable {
    /** The topic that it was made with. */
    String topic();

    /**
     * Ends the subscription: its running handler finishes, for at most the drain timeout, after which it is interrupted; no further
     * handler starts once this call returned, and what waited for it is gone. Other subscriptions lose nothing.
     *
     * <p>Allowed from any thread. Closing again does nothing but wait for the same end. Called from inside its own handler it
     * returns at once, and the subscription ends when that handler does (rule G-3).
     *
     * @throws org.brokertck.api.OperationInterruptedException when the thread is interrupted while it waits: the subscription ends
     *     all the same
     */
    @Override
    void close();
}
