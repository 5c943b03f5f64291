package org.brokertck.tck.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.brokertck.api.message.Message;

/** JSON as the kit itself reads and writes it. */
final class JsonDocument {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonDocument() {}

    /** The fields of an object in UTF-8 and nothing else; empty when it is none. */
    static Optional<Map<String, Object>> read(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(bytes))
                    .toString();
            try (JsonParser in = JSON.createParser(text)) {
                if (in.nextToken() != JsonToken.START_OBJECT) {
                    return Optional.empty();
                }
                Map<String, Object> fields = object(in);
                return in.nextToken() == null ? Optional.of(fields) : Optional.empty();
            }
        } catch (CharacterCodingException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> object(JsonParser in) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            fields.put(name, value(in, in.nextToken()));
        }
        return fields;
    }

    private static Object value(JsonParser in, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(in);
            case VALUE_STRING -> in.getText();
            case VALUE_NUMBER_INT -> in.getLongValue();
            default -> {
                in.skipChildren();
                yield token.toString();
            }
        };
    }

    /** The seven fields of a message, each as it stands in an object. */
    static List<String> fields(Message message) {
        List<String> headers = new ArrayList<>();
        message.headers().forEach((key, value) -> headers.add(text(key) + ":" + text(value)));
        return List.of(
                "\"id\":" + text(message.id()),
                "\"topic\":" + text(message.topic()),
                "\"payload\":\"" + Base64.getEncoder().encodeToString(message.payload()) + "\"",
                "\"headers\":{" + String.join(",", headers) + "}",
                "\"timestamp\":\"" + message.timestamp() + "\"",
                "\"retries\":" + message.retries(),
                "\"max_retries\":" + message.maxRetries());
    }

    /** A text in quotes. */
    private static String text(String text) {
        StringWriter written = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(written)) {
            out.writeString(text);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory cannot fail to be written", e);
        }
        return written.toString();
    }
}
