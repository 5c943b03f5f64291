package org.brokertck.tck.history.partitioned;

import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.tck.history.Moment;

/**
 * One invocation of a member's handler.
 *
 * @param member who handled
 * @param group the member's group
 * @param topic what the member subscribed, whatever the record says
 * @param record what the handler was given
 * @param started when the handler began
 * @param ended when the handler ended; {@link Long#MAX_VALUE} while it runs
 * @param result how it ended
 * @param failure what the handler threw; empty unless it threw
 */
public record RecordAttempt(
        String member,
        String group,
        String topic,
        PartitionRecord record,
        long started,
        long ended,
        Result result,
        String failure)
        implements Moment {
    /** How an attempt ended. */
    public enum Result {
        /** The handler has not ended. */
        RUNNING,
        /** The handler returned. */
        SUCCEEDED,
        /** The handler threw. */
        FAILED,
        /** The handler ended after its member had been abandoned, so that its end counts for nothing. */
        VOID
    }

    /** The same attempt when it has ended. */
    RecordAttempt ended(long time, Result end, String why) {
        return new RecordAttempt(member, group, topic, record, started, time, end, why);
    }

    /** The name of the record in this history. */
    public String id() {
        return RecordId.of(record);
    }

    /** The partition that the record says it is of. */
    public int partition() {
        return record.partition();
    }

    /** Whether the handler returned, and its member was still there. */
    public boolean succeeded() {
        return result == Result.SUCCEEDED;
    }

    /** Whether the handler threw, and its member was still there. */
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
        return "%s of group %s attempts %s (%s/%d@%d): %s%s"
                .formatted(member, group, id(), topic, partition(), record.offset(), result, end);
    }
}
