package org.brokertck.tck.faulty.codec;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.brokertck.api.message.Message;
import org.brokertck.tck.faulty.Fault;

/** What gets lost or changed on the way, in either format. */
final class ContentFaults {
    private static final String CAME_BACK = "came back with the %s";

    private ContentFaults() {}

    static List<Fault> all() {
        return List.of(
                lossy(
                        "LosesMilliseconds",
                        "K-4",
                        "timestamp",
                        "Writes times in seconds.",
                        it -> it.toBuilder()
                                .timestamp(it.timestamp().truncatedTo(ChronoUnit.SECONDS))
                                .build()),
                lossy(
                        "TimesBefore1970AreZero",
                        "K-4",
                        "timestamp",
                        "Writes times as numbers without a sign.",
                        it -> it.timestamp().isBefore(Instant.EPOCH)
                                ? it.toBuilder().timestamp(Instant.EPOCH).build()
                                : it),
                lossy("TimesEndIn2038", "K-4", "timestamp", "Writes seconds in 32 bits.", it -> {
                    Instant end = Instant.ofEpochSecond(Integer.MAX_VALUE - 1L);
                    Instant time = it.timestamp().isAfter(end)
                            ? it.timestamp().minus(Duration.ofSeconds(1L << 32))
                            : it.timestamp();
                    return it.toBuilder().timestamp(time).build();
                }),
                lossy(
                        "CountsIn16Bits",
                        "K-4",
                        "retries",
                        "Writes counts in two bytes.",
                        it -> it.toBuilder().retries(it.retries() & 0xffff).build()),
                lossy(
                        "ForgetsTheRetries",
                        "K-4",
                        "retries",
                        "Counts from 0 again.",
                        it -> it.toBuilder().retries(0).build()),
                lossy(
                        "ForgetsTheLimit",
                        "K-4",
                        "maxRetries",
                        "Leaves the largest number of retries out.",
                        it -> it.toBuilder().maxRetries(0).build()),
                lossy(
                        "TrimsTopics",
                        "K-4",
                        "topic",
                        "Strips white space from topics.",
                        it -> it.toBuilder().topic(it.topic().strip()).build()),
                lossy(
                        "TwoUnitCharactersAreLost",
                        "K-4",
                        "id|topic|headers",
                        "Knows characters of one unit only.",
                        it -> it.toBuilder()
                                .id(oneUnit(it.id()))
                                .topic(oneUnit(it.topic()))
                                .headers(mapped(it.headers(), ContentFaults::oneUnit))
                                .build()),
                FaultyCodecs.wrapped(
                        "HalfPairsBecomeQuestionMarks",
                        "K-4",
                        "half a surrogate pair",
                        "Writes a question mark for what is no text.",
                        it -> new WrappedCodec(it) {
                            @Override
                            protected Message before(Message message) {
                                return message.toBuilder()
                                        .id(whole(message.id()))
                                        .topic(whole(message.topic()))
                                        .headers(mapped(message.headers(), ContentFaults::whole))
                                        .build();
                            }
                        }),
                FaultyCodecs.wrapped(
                        "OlderVersionsLoseHeaders",
                        "K-4",
                        CAME_BACK.formatted("headers"),
                        "Writes no headers in its first version.",
                        it -> new WrappedCodec(it) {
                            @Override
                            public byte[] encode(Message message, int version) {
                                return super.encode(
                                        version == 1
                                                ? message.toBuilder()
                                                        .headers(Map.of())
                                                        .build()
                                                : message,
                                        version);
                            }
                        }),
                lossy(
                        "PayloadsAreText",
                        "G-5",
                        "payload",
                        "Takes payloads for UTF-8.",
                        it -> it.toBuilder()
                                .payload(new String(it.payload(), StandardCharsets.UTF_8)
                                        .getBytes(StandardCharsets.UTF_8))
                                .build()),
                lossy("PayloadsEndAtZero", "G-5", "payload", "Takes a zero for the end of a payload.", it -> {
                    int zero = 0;
                    byte[] payload = it.payload();
                    while (zero < payload.length && payload[zero] != 0) {
                        zero++;
                    }
                    return it.toBuilder()
                            .payload(java.util.Arrays.copyOf(payload, zero))
                            .build();
                }),
                lossy("EmptyHeadersAreLost", "G-7", "headers", "Takes an empty value for none.", it -> {
                    Map<String, String> kept = new HashMap<>(it.headers());
                    kept.values().removeIf(String::isEmpty);
                    return it.toBuilder().headers(kept).build();
                }),
                lossy("HeadersInSmallLetters", "G-7", "headers", "Writes the names of headers without case.", it -> {
                    Map<String, String> small = new HashMap<>();
                    it.headers().forEach((key, value) -> small.put(key.toLowerCase(Locale.ROOT), value));
                    return it.toBuilder().headers(small).build();
                }),
                lossy(
                        "LongHeadersAreCut",
                        "G-7",
                        "headers",
                        "Cuts values at 4096 characters.",
                        it -> it.toBuilder()
                                .headers(mapped(
                                        it.headers(),
                                        value -> value.length() > 4096 ? value.substring(0, 4096) : value))
                                .build()));
    }

    private static Fault lossy(
            String name, String rule, String field, String description, UnaryOperator<Message> change) {
        return FaultyCodecs.wrapped(
                name, rule, CAME_BACK.formatted("(" + field + ")"), description, it -> new WrappedCodec(it) {
                    @Override
                    protected Message after(Message message) {
                        return change.apply(message);
                    }
                });
    }

    private static Map<String, String> mapped(Map<String, String> headers, UnaryOperator<String> change) {
        Map<String, String> mapped = new HashMap<>();
        headers.forEach((key, value) -> mapped.put(change.apply(key), change.apply(value)));
        return mapped;
    }

    private static String oneUnit(String text) {
        return text.codePoints()
                .map(it -> it > 0xffff ? '?' : it)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String whole(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
