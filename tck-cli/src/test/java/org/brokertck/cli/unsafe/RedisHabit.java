package org.brokertck.cli.unsafe;

/** What users of Redis Streams do; a naive queue without any of these is safe enough for the rules in question. */
enum RedisHabit {
    /**
     * {@code XREADGROUP … NOACK}, or an auto-acknowledging listener of a framework: nothing is pending, so that nothing
     * comes back when the handler fails.
     */
    NO_ACK,
    /** {@code XGROUP CREATE … $}, as in most examples: what was produced before the group was made is never read. */
    GROUP_AT_END,
    /** {@code XREADGROUP COUNT 10} handled one by one: nine wait behind a slow one while other consumers have nothing. */
    BATCHES,
    /** Retries after a second and a half at the soonest, as with fixed delays. Safe. */
    LONG_DELAYS,
    /** A retry that adds the message to the stream anew as it once came, and acknowledges the old: the count starts again. */
    READD
}
