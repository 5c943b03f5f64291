package org.brokertck.tck.history;

/**
 * The life of one consumer.
 *
 * @param consumer its name in the history
 * @param opened when consume was called
 * @param closing when its close was called; {@link Long#MAX_VALUE} while it was not
 * @param closed when that close returned; {@link Long#MAX_VALUE} while it has not
 */
public record ConsumerSpan(String consumer, long opened, long closing, long closed) implements Moment {
    @Override
    public long at() {
        return closed == Long.MAX_VALUE ? opened : closed;
    }

    @Override
    public String describe() {
        return closed == Long.MAX_VALUE ? consumer + " joins" : consumer + " is closed";
    }
}
