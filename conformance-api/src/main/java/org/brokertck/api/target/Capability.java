package org.brokertck.api.target;

import java.util.Locale;

/**
 * What a target may claim beyond the rules that bind everyone. A claim makes the rules of level CAP with that word
 * binding; without it they are reported as not supported, never as passed.
 */
public enum Capability {
    /** A queue, or a partition, holds its configured capacity and no more. */
    BOUNDED,
    /** What is unsettled outlives the instance and the server process; needs {@link Fault#KILL} for its strongest rule. */
    DURABLE,
    /** A server stands behind the instance; needs {@link ConformanceTarget#unreachable()}. */
    REMOTE,
    /** An instance outlives the loss of its connections; needs {@link Fault#CUT}. */
    RECONNECT,
    /** Nothing acknowledged is lost while faults are injected; needs {@link ConformanceTarget#control()}. */
    FAULTS,
    /** A partitioned broker tells the offsets of its records, and where its groups stand. */
    OFFSETS,
    /** A partitioned broker's new groups may start at the earliest record, and its log can be read again. */
    REPLAY;

    /** The word in the specification: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
