package org.brokertck.api.target;

/**
 * The sizes up to which an implementation takes messages. One above them is refused with
 * {@link org.brokertck.api.MessageTooLargeException} (rule G-6).
 *
 * @param maxPayloadBytes the largest payload, in bytes; 1 KiB or more
 * @param maxHeaderBytes the largest sum of all header keys and values, in bytes of UTF-8; 64 KiB or more
 */
public record Limits(int maxPayloadBytes, int maxHeaderBytes) {
    /** 1 MiB of payload and 64 KiB of headers. */
    public static final Limits DEFAULT = new Limits(1 << 20, 1 << 16);

    /** Checks the bounds. */
    public Limits {
        if (maxPayloadBytes < 1 << 10) {
            throw new IllegalArgumentException("maxPayloadBytes is " + maxPayloadBytes + ": it must be 1024 or more");
        }
        if (maxHeaderBytes < 1 << 16) {
            throw new IllegalArgumentException("maxHeaderBytes is " + maxHeaderBytes + ": it must be 65536 or more");
        }
    }
}
