package org.brokertck.reference.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import org.brokertck.api.MalformedMessageException;
import org.brokertck.api.codec.CodecFormat;
import org.brokertck.api.message.Message;

/** How one version of a format lays a message out. */
@FunctionalInterface
interface Layout {
    /** By version, from 1 on. The first is what the encoder of Go writes, which knows of no version. */
    List<Layout> JSON = List.of(new FieldsLayout(1), new FieldsLayout(2));

    /** By version, from 1 on. The names of the fields took a third of a small message in the first. */
    List<Layout> CBOR = List.of(new FieldsLayout(1), new CompactLayout());

    /** Writes a message. */
    void write(Message message, JsonGenerator out) throws IOException;

    static Layout of(CodecFormat format, int version) {
        return layouts(format).get(version - 1);
    }

    static int newest(CodecFormat format) {
        return layouts(format).size();
    }

    private static List<Layout> layouts(CodecFormat format) {
        return format == CodecFormat.JSON ? JSON : CBOR;
    }

    /** Reads a message in whichever layout begins with the current token. */
    static Message read(CodecFormat format, JsonParser in) throws IOException {
        if (in.currentToken() == JsonToken.START_OBJECT) {
            return new FieldsReader(in, format).read();
        }
        if (format == CodecFormat.BINARY && in.currentToken() == JsonToken.START_ARRAY) {
            return CompactLayout.read(new Values(in, format));
        }
        throw new MalformedMessageException("it begins with no message");
    }
}
