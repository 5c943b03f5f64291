package org.brokertck.tck.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.codec.CodecConfig;
import org.brokertck.api.codec.CodecFormat;
import org.brokertck.api.message.Message;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.codec.AnyMessage;
import org.junit.jupiter.api.Test;

/** Damaged input is refused by one exception, whatever the bytes. */
public interface DamagedInputRules extends CodecRules {
    @Test
    @Verifies("K-4")
    default void whatIsCutShortIsRefused() {
        Message message = Messages.builder("cut").maxRetries(3).build();
        withEachFormat("K-4", codec -> {
            for (int version = 1; version <= codec.unrecorded().version(); version++) {
                byte[] whole = codec.encode(message, version);
                for (int length = 0; length < whole.length; length++) {
                    codec.requireRefused(
                            "version %d cut to %d of %d bytes".formatted(version, length, whole.length),
                            Arrays.copyOf(whole, length));
                }
            }
        });
    }

    @Test
    @Verifies("K-4")
    default void whatStandsBesideAMessageIsRefused() {
        Message message = Messages.builder("whole").build();
        withEachFormat("K-4", codec -> {
            for (int version = 1; version <= codec.unrecorded().version(); version++) {
                byte[] whole = codec.encode(message, version);
                codec.requireRefused("with itself behind it", joined(whole, whole));
                for (byte stray : new byte[] {0, 1, 'x', '}', '"', (byte) 0x80, (byte) 0xff}) {
                    codec.requireRefused("with a byte behind it", joined(whole, new byte[] {stray}));
                    codec.requireRefused("with a byte before it", joined(new byte[] {stray}, whole));
                }
            }
        });
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    @Test
    @Verifies("K-4")
    default void whatIsOfTheOtherFormatIsRefused() {
        CodecUnderTest json = CodecUnderTest.open(this, "K-4", CodecConfig.of(CodecFormat.JSON));
        CodecUnderTest binary = CodecUnderTest.open(this, "K-4", CodecConfig.of(CodecFormat.BINARY));
        Message message = Messages.builder("other").build();
        for (int version = 1; version <= binary.unrecorded().version(); version++) {
            json.requireRefused("that is BINARY", binary.encode(message, version));
        }
        for (int version = 1; version <= json.unrecorded().version(); version++) {
            binary.requireRefused("that is JSON", json.encode(message, version));
        }
    }

    /** A JSON message in which one thing is wrong. */
    enum Damage {
        /** No object. */
        NO_OBJECT("[]"),
        /** A text. */
        A_TEXT("\"a message\""),
        /** Nothing. */
        NOTHING(""),
        /** Null. */
        NULL("null"),
        /** An object without a field. */
        NO_FIELDS("{}"),
        /** No id. */
        NO_ID(Damage.with("\"id\":\"m\",", "")),
        /** A null id. */
        NULL_ID(Damage.with("\"id\":\"m\"", "\"id\":null")),
        /** An empty id. */
        EMPTY_ID(Damage.with("\"id\":\"m\"", "\"id\":\"\"")),
        /** A number as an id. */
        NUMBER_AS_ID(Damage.with("\"id\":\"m\"", "\"id\":7")),
        /** Two ids. */
        TWO_IDS(Damage.with("\"id\":\"m\"", "\"id\":\"m\",\"id\":\"n\"")),
        /** Two headers of one name. */
        TWO_HEADERS(Damage.with("{\"a\":\"b\"}", "{\"a\":\"b\",\"a\":\"c\"}")),
        /** A list of headers. */
        LIST_OF_HEADERS(Damage.with("{\"a\":\"b\"}", "[\"a\",\"b\"]")),
        /** A number as a header. */
        NUMBER_AS_HEADER(Damage.with("{\"a\":\"b\"}", "{\"a\":1}")),
        /** A null header. */
        NULL_HEADER(Damage.with("{\"a\":\"b\"}", "{\"a\":null}")),
        /** A header in a header. */
        NESTED_HEADER(Damage.with("{\"a\":\"b\"}", "{\"a\":{\"b\":\"c\"}}")),
        /** A number as a topic. */
        NUMBER_AS_TOPIC(Damage.with("\"t\"", "1")),
        /** A null topic, which only payload and headers may be. */
        NULL_TOPIC(Damage.with("\"t\"", "null")),
        /** A null number. */
        NULL_NUMBER(Damage.with("\"retries\":1", "\"retries\":null")),
        /** A payload of another alphabet. */
        OTHER_ALPHABET(Damage.with("\"+/8=\"", "\"-_8=\"")),
        /** A payload that is no base64. */
        NO_BASE64(Damage.with("\"+/8=\"", "\"a payload!\"")),
        /** A payload cut short. */
        HALF_A_PAYLOAD(Damage.with("\"+/8=\"", "\"+\"")),
        /** A payload as a list of numbers. */
        LIST_AS_PAYLOAD(Damage.with("\"+/8=\"", "[251,255]")),
        /** No time. */
        NO_TIME(Damage.with(",\"timestamp\":\"2026-01-02T03:04:05Z\"", "")),
        /** A time of the thirteenth month. */
        NO_SUCH_TIME(Damage.with("2026-01-02", "2026-13-02")),
        /** A time without a zone. */
        NO_ZONE(Damage.with("03:04:05Z", "03:04:05")),
        /** A number as a time. */
        NUMBER_AS_TIME(Damage.with("\"2026-01-02T03:04:05Z\"", "1767323045")),
        /** A text as a number. */
        TEXT_AS_NUMBER(Damage.with("\"retries\":1", "\"retries\":\"1\"")),
        /** A fraction. */
        FRACTION(Damage.with("\"retries\":1", "\"retries\":1.5")),
        /** A negative number. */
        NEGATIVE(Damage.with("\"retries\":1", "\"retries\":-1")),
        /** A negative limit. */
        NEGATIVE_LIMIT(Damage.with("\"max_retries\":2", "\"max_retries\":-2")),
        /** A number that is too large. */
        TOO_LARGE(Damage.with("\"max_retries\":2", "\"max_retries\":2147483648")),
        /** A number that is a small one again when its upper half is cut off. */
        WRAPS_AROUND(Damage.with("\"retries\":1", "\"retries\":4294967297")),
        /** A number that is a small one again when only 64 bits of it are kept. */
        WRAPS_AROUND_LATER(Damage.with("\"max_retries\":2", "\"max_retries\":18446744073709551618")),
        /** A number of a thousand figures. */
        THOUSAND_FIGURES(Damage.with("\"max_retries\":2", "\"max_retries\":" + "9".repeat(1000))),
        /** A truth in place of a number. */
        TRUE(Damage.with("\"retries\":1", "\"retries\":true")),
        /** A comma too many. */
        STRAY_COMMA(Damage.with("\"max_retries\":2", "\"max_retries\":2,")),
        /** Names without quotes. */
        NO_QUOTES(Damage.with("\"id\"", "id")),
        /** A comment. */
        COMMENT(Damage.with("{\"id\"", "{/* a comment */\"id\"")),
        /** A control character in a text. */
        CONTROL(Damage.with("\"t\"", "\"t\n\"")),
        /** Half a surrogate pair. */
        HALF_A_PAIR(Damage.with("\"t\"", "\"\\ud83d\"")),
        /** A later version. */
        LATER_VERSION(Damage.with("{\"id\"", "{\"version\":99,\"id\"")),
        /** A version that is none. */
        VERSION_ZERO(Damage.with("{\"id\"", "{\"version\":0,\"id\"")),
        /** A version that is the first again when its upper half is cut off. */
        VERSION_WRAPS_AROUND(Damage.with("{\"id\"", "{\"version\":4294967297,\"id\"")),
        /** A version in words. */
        VERSION_IN_WORDS(Damage.with("{\"id\"", "{\"version\":\"one\",\"id\""));

        private final String json;

        Damage(String json) {
            this.json = json;
        }

        private static String with(String part, String damaged) {
            return """
                    {"id":"m","topic":"t","payload":"+/8=","headers":{"a":"b"},"timestamp":"2026-01-02T03:04:05Z","retries":1,"max_retries":2}""".replace(part, damaged);
        }
    }

    @Test
    @Verifies("K-4")
    default void damagedJsonIsRefused() {
        CodecUnderTest codec = CodecUnderTest.open(this, "K-4", CodecConfig.of(CodecFormat.JSON));
        codec.decode(Damage.with("no such part", ""));
        Arrays.stream(Damage.values()).forEach(it -> codec.requireRefused("with the damage " + it, it.json));
    }

    /** What is nested a hundred thousand deep is skipped or refused, but ends no thread. */
    @Test
    @Verifies("K-4")
    default void deepNestingIsSurvived() {
        CodecUnderTest codec = CodecUnderTest.open(this, "K-4", CodecConfig.of(CodecFormat.JSON));
        int depth = 100_000;
        for (String nested : List.of(
                "[".repeat(depth) + "]".repeat(depth),
                "{\"a\":".repeat(depth) + "1" + "}".repeat(depth),
                "[".repeat(depth))) {
            codec.requireSurvived(
                    Damage.with("{\"id\"", "{\"deep\":" + nested + ",\"id\"").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** One bit, some bytes, or the length of something: what is read then can be written again, or nothing is read. */
    @Property
    @Verifies("K-4")
    default void damagedMessagesAreSurvived(
            @ForAll(supplier = AnyMessage.class) Message message,
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 0, max = Integer.MAX_VALUE) Integer> seeds) {
        withEachFormat("K-4", codec -> {
            for (int version = 1; version <= codec.unrecorded().version(); version++) {
                byte[] whole = codec.encode(message, version);
                seeds.forEach(it -> codec.requireSurvived(damaged(whole, new Random(it))));
            }
        });
    }

    private static byte[] damaged(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(5)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt(256);
            case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(8)), (byte) 0xff);
            case 3 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(8)), (byte) 0x7f);
            default -> {
                return joined(
                        Arrays.copyOf(bytes, at),
                        Arrays.copyOfRange(bytes, random.nextInt(bytes.length), bytes.length));
            }
        }
        return bytes;
    }

    @Property
    @Verifies("K-4")
    default void randomBytesAreSurvived(@ForAll @Size(max = 200) byte[] bytes) {
        withEachFormat("K-4", codec -> codec.requireSurvived(bytes));
    }

    /** The first bytes decide of what length a reader believes something to be. */
    @Test
    @Verifies("K-4")
    default void everyBeginningIsSurvived() {
        withEachFormat("K-4", codec -> {
            byte[] whole = codec.encode(Messages.builder("begins").build());
            for (int first = 0; first < 256; first++) {
                for (int filling : new int[] {0x00, 0x7f, 0xff}) {
                    byte[] bytes = whole.clone();
                    bytes[0] = (byte) first;
                    Arrays.fill(bytes, 1, Math.min(bytes.length, 9), (byte) filling);
                    codec.requireSurvived(bytes);
                }
            }
        });
    }
}
