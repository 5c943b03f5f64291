package org.brokertck.tck.history;

import org.brokertck.api.message.Message;

/**
 * One call of produce.
 *
 * @param producer who called
 * @param message what was to be produced
 * @param invoked when the call began
 * @param returned when it ended; {@link Long#MAX_VALUE} while it has not
 * @param outcome how it ended
 * @param detail what it threw; empty when it returned
 */
public record ProduceCall(String producer, Message message, long invoked, long returned, Outcome outcome, String detail)
        implements Moment {
    /** The name of the message in this history. */
    public String id() {
        return message.id();
    }

    /** Whether the message may be delivered. */
    public boolean mayBeVisible() {
        return outcome != Outcome.REFUSED;
    }

    /** When the message was certainly in the queue; never for calls that did not return normally. */
    public long certainFrom() {
        return outcome == Outcome.OK ? returned : Long.MAX_VALUE;
    }

    @Override
    public long at() {
        return invoked;
    }

    @Override
    public String describe() {
        String end = outcome == Outcome.PENDING ? "" : ", took " + Moment.span(returned - invoked);
        String why = detail.isEmpty() ? "" : " (" + detail + ")";
        return producer + " produces " + id() + ": " + outcome + end + why;
    }
}
