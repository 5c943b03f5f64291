package org.brokertck.tck.codec;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.brokertck.api.MalformedMessageException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.codec.CodecConfig;
import org.brokertck.api.codec.CodecFormat;
import org.brokertck.api.codec.MessageCodec;
import org.brokertck.api.message.Message;
import org.brokertck.tck.run.RuleViolation;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.scenario.Probe;
import org.brokertck.tck.spec.SpecCatalogue;
import org.brokertck.tck.time.TckTimeouts;

/** A codec in the hands of a rule test. */
public final class CodecUnderTest {
    private static final int SHOWN = 300;

    private final MessageCodec codec;
    private final CodecConfig config;
    private final Probe probe;
    private final TckTimeouts timeouts;

    private CodecUnderTest(MessageCodec codec, CodecConfig config, Probe probe, TckTimeouts timeouts) {
        this.codec = codec;
        this.config = config;
        this.probe = probe;
        this.timeouts = timeouts;
    }

    /** A codec of the target under test. */
    static CodecUnderTest open(CodecRules tests, String ruleId, CodecConfig config) {
        Probe probe = new Probe(SpecCatalogue.shipped().rule(ruleId));
        TckTimeouts timeouts = tests.timeouts();
        String name = Names.fresh(ruleId);
        MessageCodec codec = probe.call(
                "openCodec " + name, timeouts.await(), () -> tests.target().openCodec(name, config));
        return new CodecUnderTest(codec, config, probe, timeouts);
    }

    MessageCodec unrecorded() {
        return codec;
    }

    CodecConfig config() {
        return config;
    }

    CodecFormat format() {
        return config.format();
    }

    boolean isJson() {
        return format() == CodecFormat.JSON;
    }

    TckTimeouts timeouts() {
        return timeouts;
    }

    byte[] encode(Message message) {
        return call("encode as " + format() + " of " + message, () -> codec.encode(message));
    }

    byte[] encode(Message message, int version) {
        return call(
                "encode as %s, version %d, of %s".formatted(format(), version, message),
                () -> codec.encode(message, version));
    }

    /** Reads what must be readable. */
    Message decode(byte[] encoded) {
        Message message = call("decode of " + show(encoded), () -> codec.decode(encoded));
        require(message != null, "decode of " + show(encoded) + " gave null");
        return message;
    }

    /** Reads a text that must be readable. */
    Message decode(String json) {
        return decode(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Encoding and decoding must give the message again, in every version. */
    void requireRoundTrip(Message message) {
        requireEqual(message, encode(message), "its newest version");
        for (int version = 1; version <= codec.version(); version++) {
            requireEqual(message, encode(message, version), "version " + version);
        }
    }

    private void requireEqual(Message message, byte[] encoded, String version) {
        requireSame(message, decode(encoded), "what was encoded as %s in %s".formatted(format(), version));
    }

    /** Both must be equal; the finding names the field that is not. */
    void requireSame(Message due, Message read, String what) {
        requireField(what, "id", due.id(), read.id());
        requireField(what, "topic", due.topic(), read.topic());
        requireField(what, "payload", hex(due), hex(read));
        requireField(what, "headers", due.headers(), read.headers());
        requireField(what, "timestamp", due.timestamp(), read.timestamp());
        requireField(what, "retries", due.retries(), read.retries());
        requireField(what, "maxRetries", due.maxRetries(), read.maxRetries());
    }

    private void requireField(String what, String field, Object due, Object read) {
        require(
                due.equals(read),
                "%s came back with the %s '%s' where '%s' is due"
                        .formatted(what, field, shorten(read.toString()), shorten(due.toString())));
    }

    private static String hex(Message message) {
        return HexFormat.of().formatHex(message.payload());
    }

    /** Damaged input must be refused by the one exception, with a text. */
    void requireRefused(String what, byte[] damaged) {
        MalformedMessageException refusal = probe.refused(
                MalformedMessageException.class,
                "decode of %s %s: %s".formatted(format(), what, show(damaged)),
                timeouts.await(),
                () -> codec.decode(damaged));
        require(
                refusal.getMessage() != null && !refusal.getMessage().isBlank(),
                "the refusal of %s %s says nothing".formatted(format(), what));
    }

    void requireRefused(String what, String damaged) {
        requireRefused(what, damaged.getBytes(StandardCharsets.UTF_8));
    }

    /** Whatever the bytes, decode gives a message that can be encoded again, or throws the one exception. */
    @SuppressWarnings("ReferenceEquality") // there is one NOTHING
    void requireSurvived(byte[] bytes) {
        byte[] before = bytes.clone();
        String what = "decode of " + show(bytes);
        Message read = probe.call(what, timeouts.await(), () -> decodeOrNothing(bytes));
        require(Arrays.equals(before, bytes), what + " changed its argument");
        if (read != NOTHING) {
            require(read != null, what + " gave null");
            requireRoundTrip(read);
        }
    }

    private static final Message NOTHING = Message.builder().id("nothing").build();

    private Message decodeOrNothing(byte[] bytes) {
        try {
            return codec.decode(bytes);
        } catch (MalformedMessageException asItShould) {
            return NOTHING;
        }
    }

    <T> T call(String what, Supplier<T> call) {
        return probe.call(what, timeouts.await(), call);
    }

    <T> T call(String what, Duration limit, Supplier<T> call) {
        return probe.call(what, limit, call);
    }

    void run(String what, Runnable call) {
        probe.run(what, timeouts.await(), call);
    }

    /** The second message as it comes back on the thread that tried the first one before, which may be refused. */
    Message afterARefusal(Message refused, Message next) {
        return call("encode of %s after %s, on one thread".formatted(next, refused), () -> {
            try {
                codec.encode(refused);
            } catch (MessageTooLargeException expected) {
                // Which messages are refused is another test's affair.
            }
            return codec.decode(codec.encode(next));
        });
    }

    <X extends RuntimeException> X refused(Class<X> expected, String what, Runnable call) {
        return probe.refused(expected, what, timeouts.await(), call);
    }

    void require(boolean holds, String finding) {
        if (!holds) {
            throw violation(finding);
        }
    }

    RuleViolation violation(String finding) {
        return probe.violation(finding);
    }

    /** Bytes for a finding: text as such, others as hexadecimal figures. */
    String show(byte[] bytes) {
        String text = isJson()
                ? new String(bytes, StandardCharsets.UTF_8)
                : HexFormat.of().formatHex(bytes);
        return "%d bytes '%s'".formatted(bytes.length, shorten(text));
    }

    private static String shorten(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
