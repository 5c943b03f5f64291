package org.brokertck.tck.workload.requestreply;

/**
 * One request of a workload.
 *
 * @param topic the number of the topic that it asks
 * @param answer what its responder does
 * @param waits whether its requester waits for the reply before it goes on; otherwise it holds a future
 */
public record PlannedRequest(int topic, Answer answer, boolean waits) {
    /** What a responder does with a request. */
    public enum Answer {
        /** Replies. */
        REPLY,
        /** Throws an exception. */
        THROW,
        /** Throws an Error. */
        ERROR,
        /** Returns null. */
        NULL
    }

    @Override
    public String toString() {
        return answer + " at topic-" + topic + (waits ? ", waited for" : "");
    }
}
