package org.brokertck.redis.connection;

import java.io.ByteArrayOutputStream;

/**
 * How all keys of one thing begin; scripts build some of them from it. The braces make a cluster keep them all on one node; no name has a
 * brace or a colon in it.
 */
public final class KeyPrefix {
    private final byte[] bytes;

    /**
     * @param kind of thing, unlike any other's
     * @param name of the thing
     */
    public KeyPrefix(String kind, String name) {
        bytes = Bytes.of("{" + kind + ":" + name + "}:");
    }

    /** As scripts take it; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** A glob that takes in all of them. */
    public byte[] all() {
        return key("*");
    }

    public byte[] key(String rest) {
        return key(rest, new byte[0]);
    }

    /** @param rest goes behind the kind as it is, whatever is in it */
    public byte[] key(String kind, byte[] rest) {
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        key.writeBytes(bytes);
        key.writeBytes(Bytes.of(kind));
        key.writeBytes(rest);
        return key.toByteArray();
    }
}
