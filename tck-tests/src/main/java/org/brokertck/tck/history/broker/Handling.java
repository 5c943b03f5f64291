package org.brokertck.tck.history.broker;

import org.brokertck.api.message.Message;
import org.brokertck.tck.history.Moment;

/**
 * One invocation of a subscriber's handler.
 *
 * @param subscriber whose handler
 * @param message what it was given
 * @param started when it began
 * @param ended when it ended; {@link Long#MAX_VALUE} while it runs
 * @param failed whether it threw
 */
public record Handling(String subscriber, Message message, long started, long ended, boolean failed) implements Moment {
    /** The name of the message. */
    public String id() {
        return message.id();
    }

    @Override
    public long at() {
        return started;
    }

    @Override
    public String describe() {
        String end = ended == Long.MAX_VALUE ? ", still running" : " for " + Moment.span(ended - started);
        return subscriber + " handles " + id() + end + (failed ? ", and throws" : "");
    }
}
