package org.brokertck.api.codec;

/** What encoded messages look like. */
public enum CodecFormat {
    /**
     * A JSON object with the fields {@code id, topic, payload, headers, timestamp, retries, max_retries}; the payload in base64, the
     * timestamp as RFC 3339 has it, in UTF-8. The first version is what the encoder of Go's standard library writes of such a
     * structure, with null for a payload or headers that were never set. Later ones may add fields, and tell their number in a field
     * {@code version}.
     */
    JSON,
    /** A compact format of the implementation's own choice. */
    BINARY
}
