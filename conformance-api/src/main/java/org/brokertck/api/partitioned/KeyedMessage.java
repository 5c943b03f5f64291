package org.brokertck.api.partitioned;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is produced to a partitioned topic: an immutable value that nobody can change from outside (rule G-8). */
public final class KeyedMessage {
    private final @Nullable String key;
    private final byte[] value;
    private final Map<String, String> headers;

    private KeyedMessage(@Nullable String key, byte[] value, Map<String, String> headers) {
        this.key = key;
        this.value = value;
        this.headers = headers;
    }

    /**
     * A message without headers.
     *
     * @param key names the thing that the message is about; may be empty, or null for none
     * @param value copied; may be empty
     */
    public static KeyedMessage of(@Nullable String key, byte[] value) {
        return of(key, value, Map.of());
    }

    /**
     * A message.
     *
     * @param key names the thing that the message is about; may be empty, or null for none
     * @param value copied; may be empty
     * @param headers copied; neither keys nor values may be null
     */
    public static KeyedMessage of(@Nullable String key, byte[] value, Map<String, String> headers) {
        Objects.requireNonNull(value, "value");
        Map<String, String> copy = new LinkedHashMap<>();
        Objects.requireNonNull(headers, "headers").forEach((name, text) -> {
            Objects.requireNonNull(name, "a key in headers");
            copy.put(name, Objects.requireNonNull(text, () -> "the value of header '" + name + "'"));
        });
        return new KeyedMessage(key, value.clone(), copy.isEmpty() ? Map.of() : Collections.unmodifiableMap(copy));
    }

    /** The key; null for none. */
    public @Nullable String key() {
        return key;
    }

    /** A fresh copy of the value. */
    public byte[] value() {
        return value.clone();
    }

    /** The number of bytes in the value. */
    public int valueSize() {
        return value.length;
    }

    /** The headers, unmodifiable, in the order in which they were set. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The value itself, for a record of this package, which changes it no more than this class does. */
    byte[] sharedValue() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyedMessage that
                && Objects.equals(key, that.key)
                && Arrays.equals(value, that.value)
                && headers.equals(that.headers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, Arrays.hashCode(value), headers);
    }

    /** The fields but for the contents of value and headers, which may be large or confidential. */
    @Override
    public String toString() {
        return "KeyedMessage[key=%s, value=%d bytes, headers=%d]".formatted(key, value.length, headers.size());
    }
}
