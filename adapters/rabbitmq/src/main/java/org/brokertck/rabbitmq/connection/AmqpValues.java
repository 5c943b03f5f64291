package org.brokertck.rabbitmq.connection;

import com.rabbitmq.client.LongString;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads AMQP headers without trust in who wrote them: a value of the wrong type is as good as none. */
public final class AmqpValues {
    private AmqpValues() {}

    /** The text, or an empty one. */
    public static String text(Map<String, Object> headers, String name) {
        Object value = headers.get(name);
        return value instanceof LongString || value instanceof String ? value.toString() : "";
    }

    /** The number where it is 0 or more, or else what is given. */
    public static int count(Map<String, Object> headers, String name, int otherwise) {
        return headers.get(name) instanceof Number number && number.intValue() >= 0 ? number.intValue() : otherwise;
    }

    /** The number where it is one, or else 0. */
    public static long number(Map<String, Object> headers, String name) {
        return headers.get(name) instanceof Number number ? number.longValue() : 0;
    }

    /** The time where it is one, or else what is given. */
    public static Instant instant(Map<String, Object> headers, String name, Instant otherwise) {
        try {
            return Instant.parse(text(headers, name));
        } catch (DateTimeParseException none) {
            return otherwise;
        }
    }

    /** The headers that are the user's: texts as they are, numbers and truth values of other clients as texts. */
    public static Map<String, String> userHeaders(Map<String, Object> headers) {
        Map<String, String> users = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            boolean simple = value instanceof LongString
                    || value instanceof String
                    || value instanceof Number
                    || value instanceof Boolean;
            if (simple && !HeaderNames.reserved(name)) {
                users.put(name, value.toString());
            }
        });
        return users;
    }
}
