package org.brokertck.reference.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.brokertck.api.MalformedMessageException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.codec.CodecConfig;
import org.brokertck.api.codec.CodecFormat;
import org.brokertck.api.codec.MessageCodec;
import org.brokertck.api.message.Message;

/**
 * The reference codec. {@link CodecFormat#JSON} is the structure's seven fields; {@link CodecFormat#BINARY} is CBOR (RFC 8949). What
 * Jackson throws, by contract or by accident, becomes the one exception of the contract.
 */
public final class JacksonMessageCodec implements MessageCodec {
    private final CodecFormat format;
    private final int maxBytes;
    private final JsonFactory factory;

    private JacksonMessageCodec(CodecConfig config) {
        this.format = config.format();
        this.maxBytes = config.maxBytes();
        this.factory = Factories.of(config);
    }

    /** A codec with these settings. */
    public static MessageCodec open(CodecConfig config) {
        return new JacksonMessageCodec(Objects.requireNonNull(config, "config"));
    }

    @Override
    public CodecFormat format() {
        return format;
    }

    @Override
    public int version() {
        return Layout.newest(format);
    }

    @Override
    public byte[] encode(Message message) {
        return encode(message, version());
    }

    @Override
    public byte[] encode(Message message, int version) {
        Objects.requireNonNull(message, "message");
        if (version < 1 || version > version()) {
            throw new IllegalArgumentException(
                    "version is %d: the %s codec writes 1 to %d".formatted(version, format, version()));
        }
        Texts.requireWhole(message);
        if (message.payloadSize() > maxBytes) {
            throw tooLarge(message);
        }
        byte[] encoded = write(message, Layout.of(format, version));
        if (encoded.length > maxBytes) {
            throw tooLarge(message);
        }
        return encoded;
    }

    private byte[] write(Message message, Layout layout) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 + message.payloadSize() * 3 / 2);
        try (JsonGenerator out = factory.createGenerator(bytes)) {
            layout.write(message, out);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory cannot fail to be written", e);
        }
        return bytes.toByteArray();
    }

    private MessageTooLargeException tooLarge(Message message) {
        return new MessageTooLargeException(
                "%s takes more than %d bytes as %s: send less, or allow more".formatted(message, maxBytes, format));
    }

    @Override
    public Message decode(byte[] encoded) {
        if (Objects.requireNonNull(encoded, "encoded").length > maxBytes) {
            throw new MalformedMessageException(
                    "%d bytes are more than the %d that a message may have".formatted(encoded.length, maxBytes));
        }
        try (JsonParser in = factory.createParser(encoded)) {
            return read(in);
        } catch (MalformedMessageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new MalformedMessageException(
                    "These %d bytes cannot be read as %s".formatted(encoded.length, format), e);
        }
    }

    private Message read(JsonParser in) {
        try {
            in.nextToken();
            Message message = Layout.read(format, in);
            if (in.nextToken() != null) {
                throw new MalformedMessageException("Something follows the message");
            }
            return message;
        } catch (IOException | RuntimeException e) {
            String what = e instanceof MalformedMessageException ? e.getMessage() : "damaged, or cut short";
            throw new MalformedMessageException(
                    "No %s message: %s, at byte %d"
                            .formatted(format, what, in.currentLocation().getByteOffset()),
                    e);
        }
    }
}
