package org.brokertck.tck.faulty.codec;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.brokertck.api.MalformedMessageException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.codec.CodecConfig;
import org.brokertck.api.codec.CodecFormat;
import org.brokertck.api.codec.MessageCodec;
import org.brokertck.api.message.Message;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.reference.codec.JacksonMessageCodec;

/** The reference codec, whose messages, bytes and refusals a variant may change. */
public class WrappedCodec implements MessageCodec {
    protected final CodecConfig config;
    protected final MessageCodec inner;

    /** A codec that behaves well. */
    public WrappedCodec(CodecConfig config) {
        this.config = config;
        this.inner = JacksonMessageCodec.open(config);
    }

    /** A target that opens such codecs. */
    public static ConformanceTarget target(String name, Function<CodecConfig, MessageCodec> codecs) {
        return new Target(name, codecs);
    }

    private record Target(String name, Function<CodecConfig, MessageCodec> codecs) implements ConformanceTarget {
        @Override
        public MessageCodec openCodec(String codec, CodecConfig config) {
            return codecs.apply(config);
        }
    }

    @Override
    public CodecFormat format() {
        return config.format();
    }

    protected boolean isJson() {
        return format() == CodecFormat.JSON;
    }

    @Override
    public int version() {
        return inner.version();
    }

    @Override
    public byte[] encode(Message message) {
        return encode(message, version());
    }

    @Override
    public byte[] encode(Message message, int version) {
        byte[] encoded = inner.encode(message == null ? message : before(message), version);
        byte[] all = isJson() ? written(text(encoded)).getBytes(StandardCharsets.UTF_8) : encoded;
        if (all.length > config.maxBytes()) {
            throw new MessageTooLargeException("More than " + config.maxBytes() + " bytes");
        }
        return all;
    }

    /** What is written in place of a message. */
    protected Message before(Message message) {
        return message;
    }

    /** What is written in place of that JSON. */
    protected String written(String json) {
        return json;
    }

    @Override
    public Message decode(byte[] encoded) {
        if (encoded == null || !isJson()) {
            return after(inner.decode(encoded));
        }
        String json = read(text(encoded));
        try {
            return after(inner.decode(json.equals(text(encoded)) ? encoded : json.getBytes(StandardCharsets.UTF_8)));
        } catch (MalformedMessageException e) {
            return refused(json, e);
        }
    }

    /** What is given out in place of a message. */
    protected Message after(Message message) {
        return message;
    }

    /** What is read in place of that JSON. */
    protected String read(String json) {
        return json;
    }

    /** What becomes of JSON that cannot be read. */
    protected Message refused(String json, MalformedMessageException why) {
        throw why;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
