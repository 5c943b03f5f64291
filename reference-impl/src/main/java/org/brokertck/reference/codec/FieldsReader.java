package org.brokertck.reference.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.brokertck.api.MalformedMessageException;
import org.brokertck.api.codec.CodecFormat;
import org.brokertck.api.message.Message;

/**
 * Reads {@link FieldsLayout} of every version: fields in any order, those that it does not know skipped. A message without an id or a
 * time is none; what else is absent is as the builder of messages has it.
 */
final class FieldsReader {
    private final JsonParser in;
    private final CodecFormat format;
    private final Values values;
    private final Message.Builder message = Message.builder();
    private final Set<String> seen = new HashSet<>();

    FieldsReader(JsonParser in, CodecFormat format) {
        this.in = in;
        this.format = format;
        this.values = new Values(in, format);
    }

    Message read() throws IOException {
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            in.nextToken();
            readField(field);
            seen.add(field);
        }
        require(FieldsLayout.ID);
        require(FieldsLayout.TIMESTAMP);
        return message.build();
    }

    private void require(String field) {
        if (!seen.contains(field)) {
            throw new MalformedMessageException("the field '" + field + "' is missing");
        }
    }

    private void readField(String field) throws IOException {
        switch (field) {
            case FieldsLayout.VERSION -> requireKnown(values.number(field));
            case FieldsLayout.ID -> message.id(values.text(field));
            case FieldsLayout.TOPIC -> message.topic(values.text(field));
            case FieldsLayout.PAYLOAD -> message.ownedPayload(values.bytes(field));
            case FieldsLayout.HEADERS -> message.headers(values.headers(field));
            case FieldsLayout.TIMESTAMP -> message.timestamp(Instant.parse(values.text(field)));
            case FieldsLayout.RETRIES -> message.retries(values.number(field));
            case FieldsLayout.MAX_RETRIES -> message.maxRetries(values.number(field));
            default -> in.skipChildren();
        }
    }

    private void requireKnown(int version) {
        if (version < 1 || version > Layout.newest(format)) {
            throw new MalformedMessageException(
                    "it is of version %d, and this codec knows 1 to %d".formatted(version, Layout.newest(format)));
        }
    }
}
