package org.brokertck.redis.connection;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import org.brokertck.api.message.Message;

/** A message as bytes: a mark, the numbers, and the other fields, each after its length in four bytes. */
public final class MessageCodec {
    /** Says that the bytes are ours, and in which version. */
    private static final int MARK = 0x4254_4B01;

    private MessageCodec() {}

    /**
     * The message with another topic.
     *
     * @param headers already encoded
     */
    public static byte[] encode(String topic, Message message, byte[] headers) {
        byte[] id = TextCodec.encode(message.id());
        byte[] name = TextCodec.encode(topic);
        int size = 7 * Integer.BYTES + Long.BYTES + id.length + name.length + headers.length + message.payloadSize();
        ByteBuffer buffer = ByteBuffer.allocate(size)
                .putInt(MARK)
                .putLong(message.timestamp().toEpochMilli())
                .putInt(message.retries())
                .putInt(message.maxRetries());
        put(buffer, id);
        put(buffer, name);
        put(buffer, headers);
        buffer.putInt(message.payloadSize()).put(message.payloadBuffer());
        return buffer.array();
    }

    /** @throws IllegalArgumentException when the bytes were not made by {@link #encode} */
    public static Message decode(byte[] bytes) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            if (buffer.getInt() != MARK) {
                throw new IllegalArgumentException("The bytes are no message of ours");
            }
            return Message.builder()
                    .timestamp(Instant.ofEpochMilli(buffer.getLong()))
                    .retries(buffer.getInt())
                    .maxRetries(buffer.getInt())
                    .id(TextCodec.decode(part(buffer)))
                    .topic(TextCodec.decode(part(buffer)))
                    .headers(HeaderCodec.decode(part(buffer)))
                    .ownedPayload(part(buffer))
                    .build();
        } catch (BufferUnderflowException | DateTimeException e) {
            throw new IllegalArgumentException("The message is damaged", e);
        }
    }

    private static void put(ByteBuffer buffer, byte[] part) {
        buffer.putInt(part.length).put(part);
    }

    private static byte[] part(ByteBuffer buffer) {
        int length = buffer.getInt();
        if (length < 0 || length > buffer.remaining()) {
            throw new IllegalArgumentException("The message is cut short");
        }
        byte[] part = new byte[length];
        buffer.get(part);
        return part;
    }
}
