package org.brokertck.redis.connection;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The headers as the bytes of one field: key and value in turn, each after its length in four bytes, in their order. */
public final class HeaderCodec {
    private HeaderCodec() {}

    public static byte[] encode(Map<String, String> headers) {
        List<byte[]> parts = new ArrayList<>(2 * headers.size());
        int size = 0;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            byte[] key = TextCodec.encode(header.getKey());
            byte[] value = TextCodec.encode(header.getValue());
            parts.add(key);
            parts.add(value);
            size = Math.addExact(size, 2 * Integer.BYTES + key.length + value.length);
        }
        ByteBuffer buffer = ByteBuffer.allocate(size);
        for (byte[] part : parts) {
            buffer.putInt(part.length).put(part);
        }
        return buffer.array();
    }

    /** @throws IllegalArgumentException when the bytes are no headers */
    public static Map<String, String> decode(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        Map<String, String> headers = new LinkedHashMap<>();
        while (buffer.hasRemaining()) {
            headers.put(text(buffer), text(buffer));
        }
        return headers;
    }

    private static String text(ByteBuffer buffer) {
        try {
            int length = buffer.getInt();
            if (length < 0 || length > buffer.remaining()) {
                throw new IllegalArgumentException("The headers are cut short");
            }
            byte[] part = new byte[length];
            buffer.get(part);
            return TextCodec.decode(part);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("The headers are cut short", e);
        }
    }
}
