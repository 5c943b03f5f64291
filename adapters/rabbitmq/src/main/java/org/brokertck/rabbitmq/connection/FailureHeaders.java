package org.brokertck.rabbitmq.connection;

import java.util.Map;

/** What went wrong in a handler, as headers of the message that tells of it. */
public final class FailureHeaders {
    // Class names have no limit of their own, a header frame has.
    private static final int LONGEST_TYPE = 1024;

    private FailureHeaders() {}

    /** Adds them. */
    public static void put(Map<String, Object> headers, String type, String text) {
        headers.put(HeaderNames.FAILURE_TYPE, type.length() <= LONGEST_TYPE ? type : type.substring(0, LONGEST_TYPE));
        headers.put(HeaderNames.FAILURE_TEXT, text);
    }

    /** Whether they are there. */
    public static boolean in(Map<String, Object> headers) {
        return headers.containsKey(HeaderNames.FAILURE_TYPE);
    }

    /** The class name; empty where there is none. */
    public static String type(Map<String, Object> headers) {
        return AmqpValues.text(headers, HeaderNames.FAILURE_TYPE);
    }

    /** The text; empty where there is none. */
    public static String text(Map<String, Object> headers) {
        return AmqpValues.text(headers, HeaderNames.FAILURE_TEXT);
    }
}
