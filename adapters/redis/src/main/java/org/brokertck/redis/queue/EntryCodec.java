package org.brokertck.redis.queue;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.redis.connection.Bytes;
import org.brokertck.redis.connection.HeaderCodec;
import org.brokertck.redis.connection.TextCodec;

/** Messages and dead letters as the fields of stream entries, and back. The scripts know some of the names too. */
final class EntryCodec {
    private static final String ID = "id";
    private static final String TOPIC = "topic";
    private static final String TIME = "time";
    private static final String RETRIES = "retries";
    private static final String MAX_RETRIES = "max-retries";
    private static final String HEADERS = "headers";
    private static final String PAYLOAD = "payload";
    private static final String BY = "by";
    private static final String FAILURE_TYPE = "failure-type";
    private static final String FAILURE_TEXT = "failure-text";

    private EntryCodec() {}

    /**
     * Names and values in turn. Whatever the message says, its retries begin at 0.
     *
     * @param headers already encoded
     * @param by the token of the produce call
     */
    static List<byte[]> encode(Message message, byte[] headers, String by) {
        List<byte[]> fields = new ArrayList<>();
        add(fields, ID, TextCodec.encode(message.id()));
        add(fields, TOPIC, TextCodec.encode(message.topic()));
        add(fields, TIME, Bytes.of(message.timestamp().toEpochMilli()));
        add(fields, RETRIES, Bytes.of(0));
        add(fields, MAX_RETRIES, Bytes.of(message.maxRetries()));
        add(fields, HEADERS, headers);
        add(fields, PAYLOAD, message.payload());
        add(fields, BY, Bytes.of(by));
        return fields;
    }

    /** @throws IllegalArgumentException when the entry was not made by {@link #encode} */
    static Message message(Entry entry) {
        try {
            return Message.builder()
                    .id(TextCodec.decode(entry.field(ID)))
                    .topic(TextCodec.decode(entry.field(TOPIC)))
                    .timestamp(Instant.ofEpochMilli(Long.parseLong(Bytes.text(entry.field(TIME)))))
                    .retries(Integer.parseInt(Bytes.text(entry.field(RETRIES))))
                    .maxRetries(Integer.parseInt(Bytes.text(entry.field(MAX_RETRIES))))
                    .headers(HeaderCodec.decode(entry.field(HEADERS)))
                    .ownedPayload(entry.field(PAYLOAD))
                    .build();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("The field 'time' is out of range", e);
        }
    }

    /** The token of the produce call that made the entry; empty when there is none. */
    static String by(Entry entry) {
        byte[] by = entry.fields().get(BY);
        return by == null ? "" : Bytes.text(by);
    }

    /** The further fields that make an entry a dead letter. */
    static List<byte[]> failure(DeadLetter letter) {
        List<byte[]> fields = new ArrayList<>();
        add(fields, FAILURE_TYPE, TextCodec.encode(letter.failureType()));
        add(fields, FAILURE_TEXT, TextCodec.encode(letter.failureText()));
        return fields;
    }

    /** @throws IllegalArgumentException when the entry is no dead letter of ours */
    static DeadLetter deadLetter(Entry entry) {
        Message message = message(entry);
        return new DeadLetter(
                message,
                message.retries() + 1,
                TextCodec.decode(entry.field(FAILURE_TYPE)),
                TextCodec.decode(entry.field(FAILURE_TEXT)));
    }

    private static void add(List<byte[]> fields, String name, byte[] value) {
        fields.add(Bytes.of(name));
        fields.add(value);
    }
}
