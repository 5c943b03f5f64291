package org.brokertck.api.pubsub;

/** What a subscription with a full buffer drops (rule P-10). */
public enum OverflowPolicy {
    /** The message that has waited longest makes room for the new one. */
    DROP_OLDEST,
    /** The new message is dropped. */
    DROP_NEWEST
}
