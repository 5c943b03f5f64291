package org.brokertck.rabbitmq;

import java.util.Set;

/** The names of the AMQP headers that belong to this adapter, and of those that the server gives a meaning. */
final class HeaderNames {
    private static final String OURS = "x-brokertck-";

    static final String RETRIES = OURS + "retries";
    static final String MAX_RETRIES = OURS + "max-retries";
    static final String TOPIC = OURS + "topic";
    static final String TIMESTAMP = OURS + "timestamp";
    /** How many bytes of the body come before the payload and hold the fields that do not fit AMQP. */
    static final String ENVELOPE = OURS + "envelope";
    /** Which publication of which instance this is, to match returned and early deliveries. */
    static final String PUBLICATION = OURS + "publication";

    /** When a waiting message is due for its next attempt, in milliseconds since 1970. */
    static final String DUE = OURS + "due";

    static final String ATTEMPTS = OURS + "attempts";
    static final String FAILURE_TYPE = OURS + "failure-type";
    static final String FAILURE_TEXT = OURS + "failure-text";

    private static final Set<String> SERVERS = Set.of(
            "CC", "BCC", "x-death", "x-received-from", "x-delivery-count", "x-acquired-count", "x-stream-offset");

    private HeaderNames() {}

    /** Whether a user's header of this name would be mistaken for one of ours or of the server's. */
    static boolean reserved(String name) {
        return name.startsWith(OURS)
                || SERVERS.contains(name)
                || name.startsWith("x-first-death-")
                || name.startsWith("x-last-death-")
                || name.startsWith("x-opt-");
    }
}
