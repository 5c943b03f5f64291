package org.brokertck.reference.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import org.brokertck.api.message.Message;

/** An object with the seven named fields; from version 2 on it says its version. */
record FieldsLayout(int version) implements Layout {
    static final String VERSION = "version";
    static final String ID = "id";
    static final String TOPIC = "topic";
    static final String PAYLOAD = "payload";
    static final String HEADERS = "headers";
    static final String TIMESTAMP = "timestamp";
    static final String RETRIES = "retries";
    static final String MAX_RETRIES = "max_retries";

    @Override
    public void write(Message message, JsonGenerator out) throws IOException {
        boolean saysVersion = version > 1;
        out.writeStartObject(message, saysVersion ? 8 : 7);
        if (saysVersion) {
            out.writeNumberField(VERSION, version);
        }
        out.writeStringField(ID, message.id());
        out.writeStringField(TOPIC, message.topic());
        out.writeBinaryField(PAYLOAD, message.payload());
        out.writeFieldName(HEADERS);
        writeHeaders(message.headers(), out);
        out.writeStringField(TIMESTAMP, message.timestamp().toString());
        out.writeNumberField(RETRIES, message.retries());
        out.writeNumberField(MAX_RETRIES, message.maxRetries());
        out.writeEndObject();
    }

    static void writeHeaders(Map<String, String> headers, JsonGenerator out) throws IOException {
        out.writeStartObject(headers, headers.size());
        for (Map.Entry<String, String> header : headers.entrySet()) {
            out.writeStringField(header.getKey(), header.getValue());
        }
        out.writeEndObject();
    }
}
