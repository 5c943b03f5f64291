package org.brokertck.tck.history;

import org.brokertck.api.message.Message;

/**
 * One invocation of a handler.
 *
 * @param consumer who handled
 * @param message what the handler was given
 * @param freeSince when this consumer could first have taken it: the end of its attempt before, or its start
 * @param started when the handler began
 * @param ended when the handler ended; {@link Long#MAX_VALUE} while it runs
 * @param result how it ended
 * @param failure what the handler threw; empty unless it failed
 */
public record Attempt(
        String consumer, Message message, long freeSince, long started, long ended, Result result, String failure)
        implements Moment {
    /** How an attempt ended. */
    public enum Result {
        /** The handler has not ended. */
        RUNNING,
        /** The handler returned. */
        SUCCEEDED,
        /** The handler threw. */
        FAILED
    }

    /** The name of the message in this history. */
    public String id() {
        return message.id();
    }

    /** Whether the handler returned. */
    public boolean succeeded() {
        return result == Result.SUCCEEDED;
    }

    /** Whether the handler threw. */
    public boolean failed() {
        return result == Result.FAILED;
    }

    @Override
    public long at() {
        return started;
    }

    @Override
    public String describe() {
        String end = result == Result.RUNNING ? "" : " after " + Moment.span(ended - started);
        return consumer + " attempts " + id() + " (retries=" + message.retries() + "): " + result + end;
    }
}
