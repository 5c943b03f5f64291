package org.brokertck.tck.history.partitioned;

import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.tck.history.Moment;

/**
 * The life of one member.
 *
 * @param member its name in the history
 * @param topic what it subscribed
 * @param group the group that it joined
 * @param startFrom where the group starts if it is new
 * @param joining when subscribe was called
 * @param joined when it returned; {@link Long#MAX_VALUE} while it has not
 * @param leaving when close or abandon was called; {@link Long#MAX_VALUE} while neither was
 * @param left when that returned; {@link Long#MAX_VALUE} while it has not
 * @param end how it left
 */
public record MemberSpan(
        String member,
        String topic,
        String group,
        StartFrom startFrom,
        long joining,
        long joined,
        long leaving,
        long left,
        End end)
        implements Moment {
    /** How a member leaves. */
    public enum End {
        /** It has not left. */
        STAYS,
        /** It was closed. */
        CLOSED,
        /** It was abandoned, as though it had died. */
        ABANDONED
    }

    @Override
    public long at() {
        return end == End.STAYS ? joining : leaving;
    }

    @Override
    public String describe() {
        return member + " of group " + group
                + switch (end) {
                    case STAYS -> " joins";
                    case CLOSED -> " leaves";
                    case ABANDONED -> " is abandoned";
                };
    }
}
