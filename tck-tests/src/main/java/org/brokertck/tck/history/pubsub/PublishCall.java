package org.brokertck.tck.history.pubsub;

import org.brokertck.api.message.Message;
import org.brokertck.tck.history.Moment;
import org.brokertck.tck.history.Outcome;

/**
 * One call of publish.
 *
 * @param publisher who called: one thread, within which order counts
 * @param topic what was published to
 * @param message what was to be published
 * @param invoked when the call began
 * @param returned when it ended; {@link Long#MAX_VALUE} while it has not
 * @param outcome how it ended
 * @param detail what it threw; empty when it returned
 */
public record PublishCall(
        String publisher, String topic, Message message, long invoked, long returned, Outcome outcome, String detail)
        implements Moment {
    /** The name of the message in this history. */
    public String id() {
        return message.id();
    }

    /** Whether it is certain that the message was published. */
    public boolean certain() {
        return outcome == Outcome.OK;
    }

    /** Whether the message may arrive anywhere. */
    public boolean mayArrive() {
        return outcome != Outcome.REFUSED;
    }

    /** The message as it must arrive: with the topic that it was published to. */
    public Message expected() {
        return message.toBuilder().topic(topic).build();
    }

    @Override
    public long at() {
        return invoked;
    }

    @Override
    public String describe() {
        String end = outcome == Outcome.PENDING ? "" : ", took " + Moment.span(returned - invoked);
        String why = detail.isEmpty() ? "" : " (" + detail + ")";
        return publisher + " publishes " + id() + " to '" + topic + "': " + outcome + end + why;
    }
}
