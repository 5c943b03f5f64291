package org.brokertck.tck.codec;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.codec.CodecConfig;
import org.brokertck.api.codec.CodecFormat;
import org.brokertck.api.message.Message;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** What takes more than the configured number of bytes is neither written nor read. */
public interface CodecSizeRules extends CodecRules {
    /** The smallest limit that there may be. */
    int LEAST = 1 << 10;

    /** By how much more than one byte a message may grow with one more character: where a length or a chunk begins. */
    int STEP = 32;

    @Test
    @Verifies("G-6")
    default void whatIsTooLargeIsRefused() {
        keepLimit(LEAST);
        keepLimit(100_000);
    }

    @Property
    @Verifies("G-6")
    default void anyLimitIsKept(@ForAll @IntRange(min = LEAST, max = 10_000) int limit) {
        keepLimit(limit);
    }

    private void keepLimit(int limit) {
        for (CodecFormat format : CodecFormat.values()) {
            CodecUnderTest wide = CodecUnderTest.open(this, "G-6", CodecConfig.of(format));
            CodecUnderTest narrow =
                    CodecUnderTest.open(this, "G-6", CodecConfig.of(format).withMaxBytes(limit));
            for (int version = 1; version <= wide.unrecorded().version(); version++) {
                byte[] largest = filled(wide, version, limit);
                Message fits = wide.decode(largest);
                narrow.requireSame(fits, narrow.decode(narrow.encode(fits, version)), "a message of the largest size");
                Message tooLarge = fits.toBuilder()
                        .topic(fits.topic() + "x".repeat(2 * STEP))
                        .build();
                byte[] over = wide.encode(tooLarge, version);
                requireRefused(narrow, tooLarge, version);
                requireRefused(
                        narrow, fits.toBuilder().payload(new byte[limit + 1]).build(), version);
                narrow.requireRefused("of %d bytes where %d are allowed".formatted(over.length, limit), over);
            }
            narrow.requireRoundTrip(Messages.builder("after").build());
        }
    }

    /** On the thread of whoever met the refusal, where what was written in vain may be left. */
    @Test
    @Verifies("G-6")
    default void whoeverWasRefusedMayGoOn() {
        int limit = 4 * LEAST;
        Message small = Messages.message("small");
        List<Message> tooLarge = List.of(
                // Its bytes alone are not too many, but as JSON.
                Messages.builder("payload").payload(new byte[limit - LEAST / 4]).build(),
                Messages.builder("topic").topic("x".repeat(limit + 1)).build(),
                Messages.builder("headers")
                        .headers(Map.of("large", "x".repeat(limit)))
                        .build());
        for (CodecFormat format : CodecFormat.values()) {
            CodecUnderTest codec =
                    CodecUnderTest.open(this, "G-6", CodecConfig.of(format).withMaxBytes(limit));
            for (Message message : tooLarge) {
                codec.requireSame(
                        small,
                        codec.afterARefusal(message, small),
                        "a message that was encoded on a thread after another one, too large by its " + message.id());
            }
        }
    }

    private static void requireRefused(CodecUnderTest codec, Message message, int version) {
        codec.refused(
                MessageTooLargeException.class,
                "encode as %s of more than %d bytes"
                        .formatted(codec.format(), codec.config().maxBytes()),
                () -> codec.unrecorded().encode(message, version));
    }

    /** A message that takes so many bytes when it is encoded, or a few less. */
    private static byte[] filled(CodecUnderTest codec, int version, int limit) {
        int topic = limit;
        byte[] encoded = codec.encode(named(topic), version);
        while (encoded.length > limit) {
            topic -= encoded.length - limit;
            encoded = codec.encode(named(topic), version);
        }
        codec.require(
                encoded.length > limit - STEP,
                "a topic of %d characters takes %d bytes, which is less than it did with more"
                        .formatted(topic, encoded.length));
        return encoded;
    }

    private static Message named(int topic) {
        return Messages.builder("m").topic("x".repeat(topic)).build();
    }
}
