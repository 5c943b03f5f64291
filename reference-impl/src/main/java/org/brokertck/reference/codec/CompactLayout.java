package org.brokertck.reference.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoField;
import org.brokertck.api.MalformedMessageException;
import org.brokertck.api.message.Message;

/**
 * An array that begins with the version, then the values of the fields in their order; the time as seconds since 1970 and
 * milliseconds, since one number would not reach as far as an {@link Instant} does. Later writers may append what this one skips.
 */
final class CompactLayout implements Layout {
    private static final int VERSION = 2;
    private static final int LENGTH = 9;

    @Override
    public void write(Message message, JsonGenerator out) throws IOException {
        out.writeStartArray(message, LENGTH);
        out.writeNumber(VERSION);
        out.writeString(message.id());
        out.writeString(message.topic());
        out.writeBinary(message.payload());
        FieldsLayout.writeHeaders(message.headers(), out);
        out.writeNumber(message.timestamp().getEpochSecond());
        out.writeNumber(message.timestamp().get(ChronoField.MILLI_OF_SECOND));
        out.writeNumber(message.retries());
        out.writeNumber(message.maxRetries());
        out.writeEndArray();
    }

    static Message read(Values in) throws IOException {
        int version = in.next().number("version");
        if (version != VERSION) {
            throw new MalformedMessageException(
                    "it is of version %d, and this codec knows 1 to %d".formatted(version, VERSION));
        }
        Message.Builder message = Message.builder()
                .id(in.next().text(FieldsLayout.ID))
                .topic(in.next().text(FieldsLayout.TOPIC))
                .ownedPayload(in.next().bytes(FieldsLayout.PAYLOAD))
                .headers(in.next().headers(FieldsLayout.HEADERS));
        long seconds = in.next().longNumber(FieldsLayout.TIMESTAMP);
        int millis = in.next().number(FieldsLayout.TIMESTAMP);
        if (millis < 0 || millis > 999) {
            throw new MalformedMessageException("the field 'timestamp' has milliseconds out of 0 to 999");
        }
        message.timestamp(Instant.ofEpochSecond(seconds, millis * 1_000_000L))
                .retries(in.next().number(FieldsLayout.RETRIES))
                .maxRetries(in.next().number(FieldsLayout.MAX_RETRIES));
        in.skipToEndOfArray();
        return message.build();
    }
}
