package org.brokertck.api.requestreply;

import org.brokertck.api.message.Message;

/** Answers requests. One responder calls its handler from one thread, never concurrently with itself. */
@FunctionalInterface
public interface RequestHandler {
    /**
     * Handles one request and returns the reply. Whatever is thrown, Errors included, comes back to the requester as a failure that
     * tells its type and text, and so does null, which is no reply (rule Y-2); the responder goes on.
     *
     * @param request as it was sent, with the topic that it was sent to
     * @return the reply, which reaches the requester with all fields as they are
     * @throws Exception when it cannot answer
     */
    Message handle(Message request) throws Exception;
}
