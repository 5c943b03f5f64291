package org.brokertck.api.requestreply;

/** One of those who answer the requests of a topic; they share the work. It lives until it, or its instance, is closed. */
public interface Responder extends AutoCloseable {
    /** The topic whose requests it answers. */
    String topic();

    /**
     * Takes no further request. One that is being handled is answered still: close waits for its handler no longer than the drain
     * timeout, and interrupts it then; with what the handler ends upon that, the request is answered too. Requests that no responder has taken go to the others of the topic. Allowed
     * from any thread. Closing again does nothing but wait for the same end; from inside its own handler it begins the closing
     * and returns (rule G-3).
     *
     * @throws org.brokertck.api.OperationInterruptedException when the thread is interrupted while it waits, which interrupts the
     *     handler too: the responder is closed all the same
     */
    @Override
    void close();
}
