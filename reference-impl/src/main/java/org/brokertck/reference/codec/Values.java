package org.brokertck.reference.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.brokertck.api.MalformedMessageException;
import org.brokertck.api.codec.CodecFormat;

/** Reads single values, each of its one type: a number in a text is no number. */
final class Values {
    private final JsonParser in;
    private final JsonToken bytes;

    Values(JsonParser in, CodecFormat format) {
        this.in = in;
        this.bytes = format == CodecFormat.JSON ? JsonToken.VALUE_STRING : JsonToken.VALUE_EMBEDDED_OBJECT;
    }

    /** Goes on to the next value. */
    Values next() throws IOException {
        in.nextToken();
        return this;
    }

    String text(String field) throws IOException {
        require(JsonToken.VALUE_STRING, field, "text");
        return Texts.whole(field, in.getText());
    }

    int number(String field) throws IOException {
        require(JsonToken.VALUE_NUMBER_INT, field, "a whole number");
        return in.getIntValue();
    }

    long longNumber(String field) throws IOException {
        require(JsonToken.VALUE_NUMBER_INT, field, "a whole number");
        return in.getLongValue();
    }

    /** Null is what Go writes of a slice that was never set. */
    byte[] bytes(String field) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return new byte[0];
        }
        require(bytes, field, "bytes");
        return in.getBinaryValue();
    }

    /** Null is what Go writes of a map that was never set. */
    Map<String, String> headers(String field) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return headers;
        }
        require(JsonToken.START_OBJECT, field, "an object");
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String key = Texts.whole("a key of " + field, in.currentName());
            in.nextToken();
            headers.put(key, text("a value of " + field));
        }
        return headers;
    }

    void skipToEndOfArray() throws IOException {
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (in.currentToken() == null) {
                throw new MalformedMessageException("it is cut short");
            }
            in.skipChildren();
        }
    }

    private void require(JsonToken token, String field, String what) {
        if (in.currentToken() != token) {
            throw new MalformedMessageException("the field '" + field + "' is not " + what);
        }
    }
}
