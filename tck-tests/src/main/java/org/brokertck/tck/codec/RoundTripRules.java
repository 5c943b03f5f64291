package org.brokertck.tck.codec;

import java.time.Instant;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.brokertck.api.MalformedMessageException;
import org.brokertck.api.codec.MessageCodec;
import org.brokertck.api.message.Message;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Texts;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.codec.AnyMessage;
import org.junit.jupiter.api.Test;

/** What was encoded comes back equal, in every version. */
public interface RoundTripRules extends CodecRules {
    @Test
    @Verifies("K-4")
    default void aMessageComesBackEqual() {
        withEachFormat("K-4", codec -> {
            codec.require(
                    codec.unrecorded().format() == codec.format()
                            && codec.unrecorded().version() >= 1,
                    "a codec opened for %s says that it is of %s, version %d"
                            .formatted(
                                    codec.format(),
                                    codec.unrecorded().format(),
                                    codec.unrecorded().version()));
            codec.requireRoundTrip(Message.builder()
                    .id("order-1")
                    .topic("order.created")
                    .payload(new byte[] {0, 1, -1, -128, 127})
                    .headers(Map.of("kind", "test", "empty", "", "", "no key", "ключ", "値 \uD83D\uDE80"))
                    .timestamp(Instant.parse("2026-01-02T03:04:05.678Z"))
                    .retries(2)
                    .maxRetries(5)
                    .build());
            codec.requireRoundTrip(
                    Message.builder().id("bare").timestamp(Instant.EPOCH).build());
        });
    }

    @Test
    @Verifies("K-4")
    default void timesComeBackToTheMillisecond() {
        withEachFormat("K-4", codec -> {
            for (String time : new String[] {
                "0001-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999Z",
                "1970-01-01T00:00:00.001Z",
                "2000-02-29T12:00:00.100Z",
                "2038-01-19T03:14:08Z",
                "9999-12-31T23:59:59.999Z"
            }) {
                codec.requireRoundTrip(
                        Messages.builder("timed").timestamp(Instant.parse(time)).build());
            }
        });
    }

    @Test
    @Verifies("K-4")
    default void countsComeBackUpToTheLargest() {
        withEachFormat("K-4", codec -> {
            for (int count : new int[] {0, 1, 23, 24, 255, 256, 65_535, 65_536, Integer.MAX_VALUE}) {
                codec.requireRoundTrip(Messages.builder("counted")
                        .retries(count)
                        .maxRetries(Integer.MAX_VALUE - count)
                        .build());
            }
        });
    }

    @Test
    @Verifies("K-4")
    default void textComesBackCharacterByCharacter() {
        withEachFormat("K-4", codec -> {
            for (String text : Texts.AWKWARD) {
                codec.requireRoundTrip(Messages.builder(text)
                        .topic(text)
                        .headers(Map.of(text, text, "key", text, text + ".", ""))
                        .build());
            }
        });
    }

    /** Half a surrogate pair is no text: a codec refuses it by the name of the field, and writes nothing else in its place. */
    @Test
    @Verifies("K-4")
    default void halfAPairIsRefusedRatherThanChanged() {
        withEachFormat("K-4", codec -> {
            requireRefusedOrWhole(codec, "id", Messages.builder("half \uD83D").build());
            requireRefusedOrWhole(
                    codec, "topic", Messages.builder("m").topic("\uDE80.x").build());
            requireRefusedOrWhole(
                    codec,
                    "headers",
                    Messages.builder("m").headers(Map.of("\uD83D", "v")).build());
            requireRefusedOrWhole(
                    codec,
                    "headers",
                    Messages.builder("m").headers(Map.of("k", "\uDE80\uD83D")).build());
        });
    }

    private static void requireRefusedOrWhole(CodecUnderTest codec, String field, Message message) {
        for (int version = 1; version <= codec.unrecorded().version(); version++) {
            int used = version;
            String refusal = codec.call("encode of half a surrogate pair", () -> {
                byte[] encoded;
                try {
                    encoded = codec.unrecorded().encode(message, used);
                } catch (IllegalArgumentException e) {
                    return String.valueOf(e.getMessage());
                }
                return comesBack(codec.unrecorded(), encoded, message)
                        ? field
                        : "nothing: it wrote what cannot be read as that";
            });
            codec.require(
                    refusal.contains(field),
                    "encode as %s of half a surrogate pair in the field '%s' is to be refused by its name, and said %s"
                            .formatted(codec.format(), field, refusal));
        }
    }

    private static boolean comesBack(MessageCodec codec, byte[] encoded, Message message) {
        try {
            return codec.decode(encoded).equals(message);
        } catch (MalformedMessageException e) {
            return false;
        }
    }

    @Property
    @Verifies("K-4")
    default void everyMessageComesBackEqual(@ForAll(supplier = AnyMessage.class) Message message) {
        withEachFormat("K-4", codec -> codec.requireRoundTrip(message));
    }
}
