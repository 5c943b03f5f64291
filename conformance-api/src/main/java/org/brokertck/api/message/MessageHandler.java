package org.brokertck.api.message;

/** What a consumer does with a message. Returning normally is success; throwing anything, an Error included, is failure. */
@FunctionalInterface
public interface MessageHandler {
    /**
     * Handles one attempt at one message. A handler may produce, and may close its own consumer or queue (rule Q-28). It
     * is interrupted when a drain timeout runs out while it is still busy.
     *
     * @param message the attempt; {@link Message#retries()} counts the failed ones before it
     * @throws Exception to fail this attempt
     */
    void handle(Message message) throws Exception;
}
