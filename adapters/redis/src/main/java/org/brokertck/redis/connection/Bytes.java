package org.brokertck.redis.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What goes to the server and comes back, between bytes and Java's types. For protocol words, not for users' text. */
public final class Bytes {
    private Bytes() {}

    public static byte[] of(String text) {
        return text.getBytes(UTF_8);
    }

    public static byte[] of(long number) {
        return of(Long.toString(number));
    }

    public static String text(Object reply) {
        return new String((byte[]) reply, UTF_8);
    }
}
