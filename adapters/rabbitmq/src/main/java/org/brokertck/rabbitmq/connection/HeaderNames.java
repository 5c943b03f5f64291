package org.brokertck.rabbitmq.connection;

import java.util.Set;

/** The names of the AMQP headers that belong to this adapter, and of those that the server gives a meaning. */
public final class HeaderNames {
    private static final String OURS = "x-brokertck-";

    public static final String RETRIES = OURS + "retries";
    public static final String MAX_RETRIES = OURS + "max-retries";
    public static final String TOPIC = OURS + "topic";
    public static final String TIMESTAMP = OURS + "timestamp";
    /** How many bytes of the body come before the payload and hold the fields that do not fit AMQP. */
    public static final String ENVELOPE = OURS + "envelope";
    /** Which publication of which instance this is, to match returned and early deliveries. */
    public static final String PUBLICATION = OURS + "publication";

    /** When a waiting message is due for its next attempt, in milliseconds since 1970. */
    public static final String DUE = OURS + "due";

    public static final String ATTEMPTS = OURS + "attempts";
    public static final String FAILURE_TYPE = OURS + "failure-type";
    public static final String FAILURE_TEXT = OURS + "failure-text";

    private static final Set<String> SERVERS = Set.of(
            "CC", "BCC", "x-death", "x-received-from", "x-delivery-count", "x-acquired-count", "x-stream-offset");

    private HeaderNames() {}

    /** Whether a user's header of this name would be mistaken for one of ours or of the server's. */
    public static boolean reserved(String name) {
        return name.startsWith(OURS)
                || SERVERS.contains(name)
                || name.startsWith("x-first-death-")
                || name.startsWith("x-last-death-")
                || name.startsWith("x-opt-");
    }
}
