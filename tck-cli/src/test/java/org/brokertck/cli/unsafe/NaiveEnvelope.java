package org.brokertck.cli.unsafe;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.DeadLetter;

/** Messages as bytes, for texts up to 64 KiB: a wire format of the naive queues' own. */
final class NaiveEnvelope {
    private NaiveEnvelope() {}

    static byte[] of(Message message) {
        return bytes(out -> write(out, message));
    }

    static byte[] of(DeadLetter letter) {
        return bytes(out -> {
            write(out, letter.message());
            out.writeUTF(letter.failureType());
            out.writeUTF(letter.failureText());
        });
    }

    static Message message(byte[] bytes) {
        return read(bytes, NaiveEnvelope::readMessage);
    }

    static DeadLetter deadLetter(byte[] bytes) {
        return read(bytes, in -> {
            Message message = readMessage(in);
            return new DeadLetter(message, message.retries() + 1, in.readUTF(), in.readUTF());
        });
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private interface Reading<T> {
        T from(DataInputStream in) throws IOException;
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static <T> T read(byte[] bytes, Reading<T> reading) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return reading.from(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(DataOutputStream out, Message message) throws IOException {
        out.writeUTF(message.id());
        out.writeUTF(message.topic());
        out.writeLong(message.timestamp().toEpochMilli());
        out.writeInt(message.retries());
        out.writeInt(message.maxRetries());
        out.writeInt(message.headers().size());
        for (Map.Entry<String, String> header : message.headers().entrySet()) {
            out.writeUTF(header.getKey());
            out.writeUTF(header.getValue());
        }
        out.writeInt(message.payloadSize());
        out.write(message.payload());
    }

    private static Message readMessage(DataInputStream in) throws IOException {
        Message.Builder builder = Message.builder()
                .id(in.readUTF())
                .topic(in.readUTF())
                .timestamp(Instant.ofEpochMilli(in.readLong()))
                .retries(in.readInt())
                .maxRetries(in.readInt());
        Map<String, String> headers = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            headers.put(in.readUTF(), in.readUTF());
        }
        byte[] payload = new byte[in.readInt()];
        in.readFully(payload);
        return builder.headers(headers).ownedPayload(payload).build();
    }
}
