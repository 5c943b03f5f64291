package org.brokertck.redis.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * Any Java string as bytes and back, equal. UTF-8 wherever it can; a string with half a surrogate pair, which UTF-8 cannot
 * carry, becomes the byte 0xFF, which UTF-8 never has, and its UTF-16 units.
 */
public final class TextCodec {
    private static final byte UNITS = (byte) 0xFF;

    private TextCodec() {}

    public static byte[] encode(String text) {
        try {
            ByteBuffer encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            ByteBuffer units = ByteBuffer.allocate(1 + 2 * text.length()).put(UNITS);
            units.asCharBuffer().put(text);
            return units.array();
        }
    }

    /** @throws IllegalArgumentException when the bytes are no text */
    public static String decode(byte[] bytes) {
        if (bytes.length > 0 && bytes[0] == UNITS) {
            if (bytes.length % 2 == 0) {
                throw new IllegalArgumentException("UTF-16 text is cut short");
            }
            return ByteBuffer.wrap(bytes, 1, bytes.length - 1)
                    .slice()
                    .asCharBuffer()
                    .toString();
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("The bytes are not UTF-8", e);
        }
    }
}
