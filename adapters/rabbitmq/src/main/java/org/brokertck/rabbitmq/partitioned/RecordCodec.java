package org.brokertck.rabbitmq.partitioned;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.rabbitmq.connection.TextEnvelope;

/**
 * A record as the body of an entry of a stream: a mark, who produced it as which of its records and when, and its key and headers,
 * which AMQP's own fields could not carry whatever they are, in front of the value.
 */
final class RecordCodec {
    /** Says that the body is ours, and in which version. */
    private static final int MARK = 0x4254_5201;

    /** The first entry of each stream. */
    private static final int HEADER = 0x4254_5200;

    private static final int FIXED = 2 * Integer.BYTES + 3 * Long.BYTES + 1;
    private static final byte WITH_KEY = 1;

    private RecordCodec() {}

    /** Who produced a record: an instance, and which of its records it is. */
    record Origin(long instance, long number) {
        /** Of what nobody of ours produced. */
        static final Origin NONE = new Origin(0, -1);
    }

    /** The entry with which a stream begins. */
    static byte[] header() {
        return ByteBuffer.allocate(Integer.BYTES).putInt(HEADER).array();
    }

    static byte[] encode(Origin origin, long timestampMillis, KeyedMessage message) {
        String key = message.key();
        byte[] texts = new TextEnvelope(Objects.requireNonNullElse(key, ""), "", message.headers()).toBytes();
        byte[] value = message.value();
        return ByteBuffer.allocate(FIXED + texts.length + value.length)
                .putInt(MARK)
                .putLong(origin.instance())
                .putLong(origin.number())
                .putLong(timestampMillis)
                .put(key == null ? 0 : WITH_KEY)
                .putInt(texts.length)
                .put(texts)
                .put(value)
                .array();
    }

    /** Who produced it; nobody, where the body is not ours. */
    static Origin origin(byte[] body) {
        ByteBuffer buffer = ByteBuffer.wrap(body);
        return body.length < FIXED || buffer.getInt() != MARK
                ? Origin.NONE
                : new Origin(buffer.getLong(), buffer.getLong());
    }

    /** @throws IllegalArgumentException when the body was not made by {@link #encode} */
    static PartitionRecord decode(String topic, int partition, long offset, byte[] body) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(body);
            if (buffer.getInt() != MARK) {
                throw new IllegalArgumentException("The entry is no record of ours");
            }
            buffer.position(buffer.position() + 2 * Long.BYTES);
            long timestampMillis = buffer.getLong();
            boolean hasKey = buffer.get() == WITH_KEY;
            int length = buffer.getInt();
            if (length < 0 || length > buffer.remaining()) {
                throw new IllegalArgumentException("The record is cut short");
            }
            int start = buffer.position();
            TextEnvelope texts = TextEnvelope.of(Arrays.copyOfRange(body, start, start + length), length);
            Map<String, String> headers = texts.headers();
            return PartitionRecord.owned(
                    topic,
                    partition,
                    offset,
                    timestampMillis,
                    hasKey ? texts.id() : null,
                    Arrays.copyOfRange(body, start + length, body.length),
                    headers.isEmpty() ? Map.of() : Collections.unmodifiableMap(headers));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("The record is damaged", e);
        }
    }
}
