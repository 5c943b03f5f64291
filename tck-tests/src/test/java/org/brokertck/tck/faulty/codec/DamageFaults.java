package org.brokertck.tck.faulty.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.brokertck.api.MalformedMessageException;
import org.brokertck.api.codec.CodecConfig;
import org.brokertck.api.codec.MessageCodec;
import org.brokertck.api.message.Message;
import org.brokertck.tck.faulty.Fault;

/** Damaged input that is taken, repaired, or refused in another way. */
final class DamageFaults {
    private static final String TAKEN = "was accepted";

    private DamageFaults() {}

    static List<Fault> all() {
        return List.of(
                repairing("IgnoresWhatFollows", "Stops reading at the end of the object.", json -> {
                    int end = json.lastIndexOf('}');
                    return end < 0 ? json : json.substring(0, end + 1);
                }),
                repairing("ClosesWhatIsOpen", "Adds the bracket that is missing at the end.", json -> json + "}"),
                repairing("SkipsToTheObject", "Begins to read at the first bracket.", json -> {
                    int begin = json.indexOf('{');
                    return begin < 0 ? json : json.substring(begin);
                }),
                repairing(
                        "MakesUpAnId",
                        "Gives a message without an id one.",
                        json -> json.replaceFirst("^\\{(?!.*\"id\":)", "{\"id\":\"made up\",")),
                repairing(
                        "TheLastIdCounts",
                        "Takes the last of two ids.",
                        json -> json.replaceFirst("\"id\":\"[^\"]*\",\"id\"", "\"id\"")),
                repairing(
                        "TheLastHeaderCounts",
                        "Takes the last of two headers of one name.",
                        json -> json.replaceFirst("\"a\":\"b\",\"a\"", "\"a\"")),
                repairing(
                        "TextsAreNumbers",
                        "Reads numbers out of texts.",
                        json -> json.replaceFirst("\"retries\":\"(\\d+)\"", "\"retries\":$1")),
                repairing(
                        "FractionsAreCut",
                        "Cuts fractions off.",
                        json -> json.replaceFirst("\"retries\":(\\d+)\\.\\d+", "\"retries\":$1")),
                repairing(
                        "NegativeIsZero",
                        "Takes negative numbers for zero.",
                        json -> json.replaceFirst("retries\":-\\d+", "retries\":0")),
                repairing(
                        "NullTopicIsEmpty",
                        "Takes a null topic for an empty one.",
                        json -> json.replace("\"topic\":null", "\"topic\":\"\"")),
                repairing(
                        "LongNumbersAreCut",
                        "Reads numbers as long ones, and casts them.",
                        json -> json.replace("4294967297", "1")),
                repairing(
                        "TooLargeIsLargest",
                        "Takes numbers that are too large for the largest.",
                        json -> json.replaceFirst("retries\":\\d{10,}", "retries\":2147483647")),
                repairing(
                        "TimesWithoutAZoneAreUtc",
                        "Adds the zone that is missing.",
                        json -> json.replaceFirst("(\\d\\d:\\d\\d:\\d\\d)\"", "$1Z\"")),
                repairing(
                        "NoTimeIsNow",
                        "Gives a message without a time the present one.",
                        json -> json.replaceFirst(
                                "^\\{(?!.*\"timestamp\":)", "{\"timestamp\":\"2026-01-01T00:00:00Z\",")),
                repairing(
                        "NumbersAreTexts",
                        "Reads numbers as texts.",
                        json -> json.replaceFirst("\"(id|topic|a)\":(\\d+)", "\"$1\":\"$2\"")),
                repairing(
                        "NullHeadersAreEmpty",
                        "Takes a null header for an empty one.",
                        json -> json.replace("\"a\":null", "\"a\":\"\"")),
                repairing(
                        "EitherAlphabet",
                        "Reads both alphabets of base64.",
                        json -> json.replace("\"-_8=\"", "\"+/8=\"")),
                repairing(
                        "HalfPairsAreReplaced",
                        "Reads a question mark for half a pair.",
                        json -> json.replace("\\ud83d", "?")),
                FaultyCodecs.wrapped(
                        "LeaksItsParser",
                        "K-4",
                        "threw .* where MalformedMessageException is due",
                        "Throws what its parser throws.",
                        it -> new WrappedCodec(it) {
                            @Override
                            public Message decode(byte[] encoded) {
                                try {
                                    return super.decode(encoded);
                                } catch (MalformedMessageException e) {
                                    throw new UncheckedIOException(new IOException(e));
                                }
                            }
                        }),
                FaultyCodecs.wrapped(
                        "LeaksWrongTimes",
                        "K-4",
                        "threw .* where MalformedMessageException is due",
                        "Parses times outside of its catch.",
                        it -> new WrappedCodec(it) {
                            @Override
                            protected Message refused(String json, MalformedMessageException why) {
                                if (json.contains("2026-13-02")) {
                                    throw new DateTimeException("2026-13-02 is no date");
                                }
                                throw why;
                            }
                        }),
                FaultyCodecs.wrapped(
                        "NullForDamaged",
                        "K-4",
                        TAKEN + "|gave null",
                        "Returns null for what it cannot read.",
                        it -> new WrappedCodec(it) {
                            @Override
                            @SuppressWarnings("NullAway") // that is the fault
                            public Message decode(byte[] encoded) {
                                try {
                                    return super.decode(encoded);
                                } catch (MalformedMessageException e) {
                                    return null;
                                }
                            }
                        }),
                FaultyCodecs.wrapped(
                        "RefusesWithoutAWord",
                        "K-4",
                        "says nothing",
                        "Does not say what is wrong.",
                        it -> new WrappedCodec(it) {
                            @Override
                            public Message decode(byte[] encoded) {
                                try {
                                    return super.decode(encoded);
                                } catch (MalformedMessageException e) {
                                    throw new MalformedMessageException("");
                                }
                            }
                        }),
                FaultyCodecs.wrapped(
                        "DeepNestingEndsTheStack",
                        "K-4",
                        "StackOverflowError",
                        "Skips what is nested by calling itself.",
                        it -> new WrappedCodec(it) {
                            @Override
                            protected String read(String json) {
                                depth(json, json.indexOf("\"deep\":"));
                                return json;
                            }

                            private int depth(String json, int at) {
                                boolean inside = at >= 0 && at < json.length() && json.charAt(at) != ']';
                                return inside ? 1 + depth(json, at + 1) : 0;
                            }
                        }),
                FaultyCodecs.wrapped(
                        "TrustsLengths",
                        "K-4",
                        "OutOfMemoryError|NegativeArraySize|threw",
                        "Makes room for as many bytes as it is told.",
                        it -> new Prefixed(it)));
    }

    /** Takes JSON that cannot be read, once it has mended it. */
    private static Fault repairing(String name, String description, UnaryOperator<String> repair) {
        return FaultyCodecs.wrapped(name, "K-4", TAKEN, description, it -> new WrappedCodec(it) {
            @Override
            protected Message refused(String json, MalformedMessageException why) {
                String repaired = repair.apply(json);
                if (repaired.equals(json)) {
                    throw why;
                }
                return after(inner.decode(repaired.getBytes(StandardCharsets.UTF_8)));
            }
        });
    }

    /** Writes the length before the message, in binary, and believes it. */
    private static final class Prefixed implements MessageCodec {
        private final WrappedCodec inner;

        Prefixed(CodecConfig config) {
            inner = new WrappedCodec(config);
        }

        @Override
        public org.brokertck.api.codec.CodecFormat format() {
            return inner.format();
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
            byte[] body = inner.encode(message, version);
            return inner.isJson()
                    ? body
                    : ByteBuffer.allocate(body.length + 4)
                            .putInt(body.length)
                            .put(body)
                            .array();
        }

        @Override
        public Message decode(byte[] encoded) {
            if (inner.isJson()) {
                return inner.decode(encoded);
            }
            if (encoded.length < 4) {
                throw new MalformedMessageException("shorter than its length");
            }
            int length = ByteBuffer.wrap(encoded).getInt();
            byte[] body = new byte[length];
            if (length != encoded.length - 4) {
                throw new MalformedMessageException("not of the length that it says");
            }
            System.arraycopy(encoded, 4, body, 0, length);
            return inner.decode(Arrays.copyOf(body, length));
        }
    }
}
