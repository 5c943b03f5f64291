package org.brokertck.rabbitmq.connection;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The textual fields of a message in front of its payload, for the rare ones that AMQP cannot carry: names over 255 bytes
 * or reserved by the server, half surrogate pairs, or more entries than a header frame holds. Texts are a length and then
 * UTF-16, which any Java text survives.
 *
 * @param id of the message
 * @param topic of the message
 * @param headers of the message
 */
public record TextEnvelope(String id, String topic, Map<String, String> headers) {
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, id);
            write(out, topic);
            out.writeInt(headers.size());
            for (Map.Entry<String, String> header : headers.entrySet()) {
                write(out, header.getKey());
                write(out, header.getValue());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads the envelope that takes up the first bytes of a body.
     *
     * @throws IllegalArgumentException when these bytes are none
     */
    public static TextEnvelope of(byte[] body, int length) {
        if (length < 0 || length > body.length) {
            throw new IllegalArgumentException("An envelope of " + length + " bytes in a body of " + body.length);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(body, 0, length))) {
            String id = read(in);
            String topic = read(in);
            Map<String, String> headers = new LinkedHashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                String name = read(in);
                headers.put(name, read(in));
            }
            return new TextEnvelope(id, topic, headers);
        } catch (IOException e) {
            throw new IllegalArgumentException("The body starts with no envelope", e);
        }
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        out.writeInt(text.length());
        out.writeChars(text);
    }

    private static String read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available() / 2) {
            throw new IOException("A text of " + length + " characters where " + in.available() + " bytes are left");
        }
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(in.readChar());
        }
        return text.toString();
    }
}
