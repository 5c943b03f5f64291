package org.brokertck.tck.history.broker;

import org.brokertck.api.message.Message;
import org.brokertck.tck.history.Moment;
import org.brokertck.tck.history.Outcome;

/**
 * One call of produce.
 *
 * @param producer who called: the calls of one producer do not overlap
 * @param topic where to
 * @param message what was to be produced
 * @param invoked when the call began
 * @param returned when it ended; {@link Long#MAX_VALUE} while it has not
 * @param outcome how it ended
 * @param detail what it threw; empty when it returned
 */
public record TopicProduce(
        String producer, String topic, Message message, long invoked, long returned, Outcome outcome, String detail)
        implements Moment {
    /** The name of the message, unique in its history. */
    public String id() {
        return message.id();
    }

    /** What a subscriber is to see. */
    public Message expected() {
        return message.toBuilder().topic(topic).retries(0).build();
    }

    @Override
    public long at() {
        return invoked;
    }

    @Override
    public String describe() {
        String end = outcome == Outcome.PENDING ? "" : ", took " + Moment.span(returned - invoked);
        String why = detail.isEmpty() ? "" : " (" + detail + ")";
        return producer + " produces " + id() + " to '" + topic + "': " + outcome + end + why;
    }
}
