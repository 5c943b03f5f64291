package org.brokertck.redis.requestreply;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.brokertck.api.message.Failure;
import org.brokertck.api.message.Message;
import org.brokertck.redis.connection.Bytes;
import org.brokertck.redis.connection.MessageCodec;
import org.brokertck.redis.connection.TextCodec;

/**
 * What comes back to an instance: a letter that says what it is, the number of the request, a semicolon, and the rest. A script makes one
 * kind, hence a form that is easy to write there.
 */
final class ReplyEntry {
    /** What came back. */
    enum Kind {
        /** A reply; the body is the message. */
        REPLY('R'),
        /** The responder failed; the body is its failure. */
        FAILURE('F'),
        /** Nobody responds to the topic any more; there is no body. */
        NOBODY('N');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }
    }

    private final Kind kind;
    private final long number;
    private final byte[] body;

    private ReplyEntry(Kind kind, long number, byte[] body) {
        this.kind = kind;
        this.number = number;
        this.body = body;
    }

    Kind kind() {
        return kind;
    }

    /** Which request of the instance has ended. */
    long number() {
        return number;
    }

    /** @throws IllegalArgumentException when the body is no message */
    Message reply() {
        return MessageCodec.decode(body);
    }

    /** @param request the name of the request, which ends with its number */
    static byte[] encode(Kind kind, String request, byte[] body) {
        ByteArrayOutputStream entry = new ByteArrayOutputStream(body.length + 32);
        entry.writeBytes(Bytes.of(kind.letter + request.substring(request.lastIndexOf(':') + 1) + ";"));
        entry.writeBytes(body);
        return entry.toByteArray();
    }

    /** @throws IllegalArgumentException when it is none of ours */
    static ReplyEntry decode(byte[] entry) {
        int end = 0;
        while (end < entry.length && entry[end] != ';') {
            end++;
        }
        for (Kind kind : Kind.values()) {
            if (end < entry.length && entry[0] == kind.letter) {
                long number = Long.parseLong(Bytes.text(Arrays.copyOfRange(entry, 1, end)));
                return new ReplyEntry(kind, number, Arrays.copyOfRange(entry, end + 1, entry.length));
            }
        }
        throw new IllegalArgumentException("The entry is no reply of ours");
    }

    static byte[] encode(Failure failure) {
        byte[] type = TextCodec.encode(failure.type());
        byte[] text = TextCodec.encode(failure.text());
        return ByteBuffer.allocate(Integer.BYTES + type.length + text.length)
                .putInt(type.length)
                .put(type)
                .put(text)
                .array();
    }

    /** @throws IllegalArgumentException when the body is no failure */
    Failure failure() {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(body);
            int length = buffer.getInt();
            if (length < 0 || length > buffer.remaining()) {
                throw new IllegalArgumentException("The failure is cut short");
            }
            byte[] type = new byte[length];
            buffer.get(type);
            byte[] text = new byte[buffer.remaining()];
            buffer.get(text);
            return new Failure(TextCodec.decode(type), TextCodec.decode(text));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("The failure is cut short", e);
        }
    }
}
