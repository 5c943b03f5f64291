package org.brokertck.redis.partitioned;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.redis.connection.HeaderCodec;
import org.brokertck.redis.connection.TextCodec;
import org.jspecify.annotations.Nullable;

/**
 * A record as the bytes of one field: a mark, who produced it as which of its records, and key, headers and value, each after its
 * length in four bytes, which is less than 0 where there is no key.
 */
final class RecordCodec {
    /** Says that the bytes are ours, and in which version. */
    private static final int MARK = 0x4254_4C01;

    private RecordCodec() {}

    /** Who produced a record: an instance, and which of its records it is. */
    record Origin(long instance, long number) {}

    /** A record with its origin. */
    record Decoded(PartitionRecord record, Origin origin) {}

    /** @param headers already encoded */
    static byte[] encode(Origin origin, KeyedMessage message, byte[] headers) {
        String key = message.key();
        byte[] name = key == null ? new byte[0] : TextCodec.encode(key);
        byte[] value = message.value();
        return ByteBuffer.allocate(4 * Integer.BYTES + 2 * Long.BYTES + name.length + headers.length + value.length)
                .putInt(MARK)
                .putLong(origin.instance())
                .putLong(origin.number())
                .putInt(key == null ? -1 : name.length)
                .put(name)
                .putInt(headers.length)
                .put(headers)
                .putInt(value.length)
                .put(value)
                .array();
    }

    /** @throws IllegalArgumentException when the bytes were not made by {@link #encode} */
    static Decoded decode(String topic, int partition, long offset, long timestampMillis, byte[] bytes) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            if (buffer.getInt() != MARK) {
                throw new IllegalArgumentException("The bytes are no record of ours");
            }
            Origin origin = new Origin(buffer.getLong(), buffer.getLong());
            byte[] key = part(buffer);
            byte[] headers = part(buffer);
            byte[] value = part(buffer);
            if (headers == null || value == null) {
                throw new IllegalArgumentException("The record is damaged");
            }
            return new Decoded(
                    PartitionRecord.owned(
                            topic,
                            partition,
                            offset,
                            timestampMillis,
                            key == null ? null : TextCodec.decode(key),
                            value,
                            headers.length == 0 ? Map.of() : Collections.unmodifiableMap(HeaderCodec.decode(headers))),
                    origin);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("The record is damaged", e);
        }
    }

    private static byte @Nullable [] part(ByteBuffer buffer) {
        int length = buffer.getInt();
        if (length < 0) {
            return null;
        }
        if (length > buffer.remaining()) {
            throw new IllegalArgumentException("The record is cut short");
        }
        byte[] part = new byte[length];
        buffer.get(part);
        return part;
    }
}
