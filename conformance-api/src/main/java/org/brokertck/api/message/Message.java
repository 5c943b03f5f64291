package org.brokertck.api.message;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An immutable message. Its array and map are isolated from those it was built from and from those it gives out (rule
 * G-8). Two messages are equal when all seven fields are; the JSON names of the fields are {@code id, topic, payload,
 * headers, timestamp, retries, max_retries}.
 */
public final class Message {
    private final String id;
    private final String topic;
    private final byte[] payload;
    private final Map<String, String> headers;
    private final Instant timestamp;
    private final int retries;
    private final int maxRetries;

    private Message(Builder builder) {
        this.id = builder.id != null ? builder.id : UUID.randomUUID().toString();
        this.topic = builder.topic;
        this.payload = builder.payload;
        this.headers = builder.headers;
        this.timestamp = (builder.timestamp != null ? builder.timestamp : Instant.now()).truncatedTo(ChronoUnit.MILLIS);
        this.retries = builder.retries;
        this.maxRetries = builder.maxRetries;
    }

    /** A builder with an empty payload, no headers, no retries and {@code maxRetries} 0. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from this message. The payload is shared, not copied, since neither side can change it. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.id = id;
        builder.topic = topic;
        builder.payload = payload;
        builder.headers = headers;
        builder.timestamp = timestamp;
        builder.retries = retries;
        builder.maxRetries = maxRetries;
        return builder;
    }

    /** This message as its attempt number {@code retries} (from 0) carries it; everything else stays (rule Q-9). */
    public Message withRetries(int retries) {
        return retries == this.retries ? this : toBuilder().retries(retries).build();
    }

    /** The sender's name for the message. Not unique: messages with equal ids are different messages (rule Q-27). */
    public String id() {
        return id;
    }

    /** A label that a queue carries and does not interpret; may be empty. */
    public String topic() {
        return topic;
    }

    /** A fresh copy of the payload; opaque bytes, may be empty (rule G-5). */
    public byte[] payload() {
        return payload.clone();
    }

    /** A read-only view of the payload that copies nothing. */
    public ByteBuffer payloadBuffer() {
        return ByteBuffer.wrap(payload).asReadOnlyBuffer();
    }

    /** The number of bytes in the payload. */
    public int payloadSize() {
        return payload.length;
    }

    /** The headers, unmodifiable, in the order in which they were set. */
    public Map<String, String> headers() {
        return headers;
    }

    /** When the message was made, to the millisecond. */
    public Instant timestamp() {
        return timestamp;
    }

    /**
     * How many attempts at this message failed before this one (rule Q-9). A queue counts for itself: what a produced
     * message carries here is ignored.
     */
    public int retries() {
        return retries;
    }

    /** How many retries may follow the first attempt before the message is dead-lettered; 0 means none. */
    public int maxRetries() {
        return maxRetries;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        return other instanceof Message that
                && id.equals(that.id)
                && topic.equals(that.topic)
                && Arrays.equals(payload, that.payload)
                && headers.equals(that.headers)
                && timestamp.equals(that.timestamp)
                && retries == that.retries
                && maxRetries == that.maxRetries;
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, timestamp, retries, payload.length);
    }

    /** The fields but for the contents of payload and headers, which may be large or confidential. */
    @Override
    public String toString() {
        return "Message[id=%s, topic=%s, payload=%d bytes, headers=%d, timestamp=%s, retries=%d, maxRetries=%d]"
                .formatted(id, topic, payload.length, headers.size(), timestamp, retries, maxRetries);
    }

    /** Builds a {@link Message}. Not safe for use by several threads at once. */
    public static final class Builder {
        private static final byte[] NO_PAYLOAD = {};

        private @Nullable String id;
        private String topic = "";
        private byte[] payload = NO_PAYLOAD;
        private Map<String, String> headers = Map.of();
        private @Nullable Instant timestamp;
        private int retries;
        private int maxRetries;

        private Builder() {}

        /**
         * @param id not empty; a random UUID when never set
         * @throws IllegalArgumentException when it is empty
         */
        public Builder id(String id) {
            if (Objects.requireNonNull(id, "id").isEmpty()) {
                throw new IllegalArgumentException(
                        "id is empty: give the message a name, or leave it out for a random one");
            }
            this.id = id;
            return this;
        }

        /** @param topic any text; empty when never set */
        public Builder topic(String topic) {
            this.topic = Objects.requireNonNull(topic, "topic");
            return this;
        }

        /** @param payload copied; empty when never set */
        public Builder payload(byte[] payload) {
            this.payload = Objects.requireNonNull(payload, "payload").clone();
            return this;
        }

        /**
         * Takes the array without a copy: for an adapter that has just read these bytes and hands them over for good.
         * Whoever writes to the array afterwards breaks the isolation of the message (rule G-8).
         *
         * @param payload from now on the message's own
         */
        public Builder ownedPayload(byte[] payload) {
            this.payload = Objects.requireNonNull(payload, "payload");
            return this;
        }

        /** @param headers copied; neither keys nor values may be null */
        public Builder headers(Map<String, String> headers) {
            Map<String, String> copy = new LinkedHashMap<>();
            Objects.requireNonNull(headers, "headers").forEach((key, value) -> {
                Objects.requireNonNull(key, "a key in headers");
                copy.put(key, Objects.requireNonNull(value, () -> "the value of header '" + key + "'"));
            });
            this.headers = Collections.unmodifiableMap(copy);
            return this;
        }

        /** @param timestamp cut to the millisecond; the time of {@link #build()} when never set */
        public Builder timestamp(Instant timestamp) {
            this.timestamp = Objects.requireNonNull(timestamp, "timestamp");
            return this;
        }

        /**
         * @param retries at least 0
         * @throws IllegalArgumentException when it is negative
         */
        public Builder retries(int retries) {
            this.retries = atLeastZero("retries", retries);
            return this;
        }

        /**
         * @param maxRetries at least 0 (rule Q-15)
         * @throws IllegalArgumentException when it is negative
         */
        public Builder maxRetries(int maxRetries) {
            this.maxRetries = atLeastZero("maxRetries", maxRetries);
            return this;
        }

        /** The message as set so far; the builder may be used on. */
        public Message build() {
            return new Message(this);
        }

        private static int atLeastZero(String name, int value) {
            if (value < 0) {
                throw new IllegalArgumentException(name + " is " + value + ": it must be 0 or more");
            }
            return value;
        }
    }
}
