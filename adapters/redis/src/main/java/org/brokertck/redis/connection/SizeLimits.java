package org.brokertck.redis.connection;

import java.util.Map;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.target.Limits;

/** The sizes up to which messages are taken, whatever the contract (rule G-6). */
public final class SizeLimits {
    /**
     * 8 MiB of payload and 1 MiB of headers. Whoever hears a message by two patterns is sent it twice, and the server breaks off a
     * subscriber to whom more than 32 MiB remain to be sent, unless its {@code client-output-buffer-limit} says otherwise.
     */
    public static final Limits LIMITS = new Limits(8 << 20, 1 << 20);

    private SizeLimits() {}

    /**
     * Checks a message before anything is done with it.
     *
     * @param receiver whom it is for, as in "queue 'orders'"
     * @param payload its size in bytes
     * @return the headers, encoded
     * @throws MessageTooLargeException when it is over the limits
     */
    public static byte[] requireFits(String receiver, int payload, Map<String, String> headers) {
        require(receiver, "payload", payload, LIMITS.maxPayloadBytes());
        long size = headers.entrySet().stream()
                .mapToLong(header ->
                        (long) TextCodec.encode(header.getKey()).length + TextCodec.encode(header.getValue()).length)
                .sum();
        require(receiver, "headers", size, LIMITS.maxHeaderBytes());
        return HeaderCodec.encode(headers);
    }

    private static void require(String receiver, String part, long size, int most) {
        if (size > most) {
            throw new MessageTooLargeException("The %s of a message to %s has %d bytes: at most %d are taken."
                    .formatted(part, receiver, size, most));
        }
    }
}
