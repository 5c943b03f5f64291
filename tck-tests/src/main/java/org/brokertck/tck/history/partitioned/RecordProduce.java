package org.brokertck.tck.history.partitioned;

import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.Position;
import org.brokertck.tck.history.Moment;
import org.brokertck.tck.history.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * One record that somebody produced.
 *
 * @param producer who called
 * @param lane what keeps its order beyond the times: a batch, or all that one thread produced without waiting; empty for neither
 * @param turn its place in the lane
 * @param topic the topic
 * @param message what was to be produced
 * @param invoked when the call began
 * @param returned when its outcome was known; {@link Long#MAX_VALUE} while it is not
 * @param outcome how it ended
 * @param position where the broker says that it put the record; null when it did not say
 * @param detail what it threw; empty when it returned
 */
public record RecordProduce(
        String producer,
        String lane,
        long turn,
        String topic,
        KeyedMessage message,
        long invoked,
        long returned,
        Outcome outcome,
        @Nullable Position position,
        String detail)
        implements Moment {
    /** The same record when its outcome is known. */
    RecordProduce ended(Outcome end, @Nullable Position where, String why) {
        return new RecordProduce(producer, lane, turn, topic, message, invoked, System.nanoTime(), end, where, why);
    }

    /** The name of the record in this history. */
    public String id() {
        return RecordId.of(message);
    }

    /** Whether it may be delivered. */
    public boolean mayBeVisible() {
        return outcome != Outcome.REFUSED;
    }

    /** Whether the broker said that it has the record. */
    public boolean isAcknowledged() {
        return outcome == Outcome.OK;
    }

    /** When the record was certainly in its partition; never for calls that did not succeed. */
    public long certainFrom() {
        return isAcknowledged() ? returned : Long.MAX_VALUE;
    }

    @Override
    public long at() {
        return invoked;
    }

    @Override
    public String describe() {
        String key = message.key() == null ? "no key" : "key '" + message.key() + "'";
        String where = position == null ? "" : " at " + position.partition() + "@" + position.offset();
        String end = outcome == Outcome.PENDING ? "" : ", took " + Moment.span(returned - invoked);
        String why = detail.isEmpty() ? "" : " (" + detail + ")";
        return producer + " produces " + id() + " (" + key + "): " + outcome + where + end + why;
    }
}
