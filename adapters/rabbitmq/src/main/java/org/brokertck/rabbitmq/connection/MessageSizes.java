package org.brokertck.rabbitmq.connection;

import java.util.Map;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.message.Message;
import org.brokertck.api.target.Limits;

/** The sizes up to which messages are taken, and which of them fit AMQP's own fields. */
public final class MessageSizes {
    /**
     * 8 MiB of payload, half of what a server of version 4 takes by default, and 64 KiB of headers. An id or a topic may
     * have as many bytes as the headers together.
     */
    public static final Limits LIMITS = new Limits(8 << 20, 1 << 16);

    private static final int LONGEST_SHORT_STRING = 255;
    // Properties and headers travel in one frame of 128 KiB by default; the rest is for what we and the server add.
    private static final int LARGEST_TABLE = 96 << 10;
    private static final int TABLE_ENTRY = 6;

    private MessageSizes() {}

    /** @throws MessageTooLargeException when the message is over {@link #LIMITS} */
    public static void require(Message message) {
        require(message.payloadSize(), message.headers());
        refuseAbove(LIMITS.maxHeaderBytes(), Utf8.length(message.id()), "id");
        refuseAbove(LIMITS.maxHeaderBytes(), Utf8.length(message.topic()), "topic");
    }

    /** @throws MessageTooLargeException when a payload of so many bytes with these headers is over {@link #LIMITS} */
    public static void require(int payloadSize, Map<String, String> headers) {
        refuseAbove(LIMITS.maxPayloadBytes(), payloadSize, "payload");
        refuseAbove(LIMITS.maxHeaderBytes(), headerBytes(headers), "headers");
    }

    /** Whether every field can travel as an AMQP property or header and comes back equal. */
    public static boolean fitAmqp(Message message) {
        if (!fitsShort(message.id()) || !Utf8.survives(message.topic())) {
            return false;
        }
        for (Map.Entry<String, String> header : message.headers().entrySet()) {
            String name = header.getKey();
            if (!fitsShort(name) || HeaderNames.reserved(name) || !Utf8.survives(header.getValue())) {
                return false;
            }
        }
        int entries = message.headers().size();
        return Utf8.length(message.topic()) + headerBytes(message.headers()) + (long) TABLE_ENTRY * entries
                <= LARGEST_TABLE;
    }

    private static boolean fitsShort(String text) {
        return !text.isEmpty() && Utf8.length(text) <= LONGEST_SHORT_STRING && Utf8.survives(text);
    }

    private static long headerBytes(Map<String, String> headers) {
        long bytes = 0;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            bytes += Utf8.length(header.getKey()) + Utf8.length(header.getValue());
        }
        return bytes;
    }

    private static void refuseAbove(int limit, long size, String what) {
        if (size > limit) {
            throw new MessageTooLargeException("The message was not produced: its " + what + " of " + size
                    + " bytes is over the limit of " + limit + " bytes. Send less, or send a reference to it");
        }
    }
}
