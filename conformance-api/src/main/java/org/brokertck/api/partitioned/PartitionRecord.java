package org.brokertck.api.partitioned;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A record as it lies in its partition and is handed to handlers: an immutable value that nobody can change (rule G-8). */
public final class PartitionRecord {
    private final String topic;
    private final int partition;
    private final long offset;
    private final long timestampMillis;
    private final @Nullable String key;
    private final byte[] value;
    private final Map<String, String> headers;

    private PartitionRecord(
            String topic,
            int partition,
            long offset,
            long timestampMillis,
            @Nullable String key,
            byte[] value,
            Map<String, String> headers) {
        this.topic = topic;
        this.partition = partition;
        this.offset = offset;
        this.timestampMillis = timestampMillis;
        this.key = key;
        this.value = value;
        this.headers = headers;
    }

    /**
     * A message at its place.
     *
     * @param timestampMillis when the broker took it, in milliseconds since 1970
     */
    public static PartitionRecord of(String topic, Position position, long timestampMillis, KeyedMessage message) {
        return new PartitionRecord(
                Objects.requireNonNull(topic, "topic"),
                position.partition(),
                position.offset(),
                timestampMillis,
                message.key(),
                message.sharedValue(),
                message.headers());
    }

    /**
     * Takes value and headers without a copy: for a broker that has just copied or read them and hands them over for good. Whoever
     * changes them afterwards breaks the isolation of the record.
     *
     * @param timestampMillis when the broker took it, in milliseconds since 1970
     * @param value from now on the record's own
     * @param headers from now on the record's own; unmodifiable
     */
    public static PartitionRecord owned(
            String topic,
            int partition,
            long offset,
            long timestampMillis,
            @Nullable String key,
            byte[] value,
            Map<String, String> headers) {
        return new PartitionRecord(topic, partition, offset, timestampMillis, key, value, headers);
    }

    /** The topic. */
    public String topic() {
        return topic;
    }

    /** The partition, from 0. */
    public int partition() {
        return partition;
    }

    /** The place in the partition, from 0; {@link Position#UNKNOWN_OFFSET} without the capability {@code OFFSETS}. */
    public long offset() {
        return offset;
    }

    /** The key; null for none. */
    public @Nullable String key() {
        return key;
    }

    /** A fresh copy of the value. */
    public byte[] value() {
        return value.clone();
    }

    /** A read-only view of the value that copies nothing. */
    public ByteBuffer valueBuffer() {
        return ByteBuffer.wrap(value).asReadOnlyBuffer();
    }

    /** The number of bytes in the value. */
    public int valueSize() {
        return value.length;
    }

    /** The headers, unmodifiable. */
    public Map<String, String> headers() {
        return headers;
    }

    /** When the broker took the record, to the millisecond. */
    public Instant timestamp() {
        return Instant.ofEpochMilli(timestampMillis);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PartitionRecord that
                && topic.equals(that.topic)
                && partition == that.partition
                && offset == that.offset
                && timestampMillis == that.timestampMillis
                && Objects.equals(key, that.key)
                && Arrays.equals(value, that.value)
                && headers.equals(that.headers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(topic, partition, offset, key);
    }

    /** The fields but for the contents of value and headers, which may be large or confidential. */
    @Override
    public String toString() {
        return "PartitionRecord[%s/%d@%d, key=%s, value=%d bytes, headers=%d, timestamp=%s]"
                .formatted(topic, partition, offset, key, value.length, headers.size(), timestamp());
    }
}
