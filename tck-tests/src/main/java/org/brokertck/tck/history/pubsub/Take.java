package org.brokertck.tck.history.pubsub;

import org.brokertck.api.message.Message;
import org.brokertck.tck.history.Moment;

/**
 * One take that brought a message.
 *
 * @param subscription the name of the subscription
 * @param message what it brought
 * @param invoked when the take began
 * @param returned when it returned
 */
public record Take(String subscription, Message message, long invoked, long returned) implements Moment {
    /** The name of the message in this history. */
    public String id() {
        return message.id();
    }

    @Override
    public long at() {
        return returned;
    }

    @Override
    public String describe() {
        return subscription + " receives " + id() + " of '" + message.topic() + "'";
    }
}
