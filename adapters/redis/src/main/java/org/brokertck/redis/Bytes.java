package org.brokertck.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What goes to the server and comes back, between bytes and Java's types. For protocol words, not for users' text. */
final class Bytes {
    private Bytes() {}

    static byte[] of(String text) {
        return text.getBytes(UTF_8);
    }

    static byte[] of(long number) {
        return of(Long.toString(number));
    }

    static String text(Object reply) {
        return new String((byte[]) reply, UTF_8);
    }
}
