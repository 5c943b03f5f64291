package org.brokertck.cli.unsafe;

/** What users of Redis publish/subscribe do; a naive broker without any of these is safe enough for the rules in question. */
enum RedisPubSubHabit {
    /** {@code PSUBSCRIBE} with the pattern as it stands: in a glob {@code *} goes across dots, and {@code #} is nothing special. */
    GLOBS,
    /** A thread is sent off to subscribe, as the blocking call of the client library invites to: nobody waits for the confirmation. */
    UNCONFIRMED,
    /** A loop that subscribes again when the connection broke, and says nothing of what was published meanwhile. */
    SILENT_RECONNECT
}
