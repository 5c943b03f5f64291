package org.brokertck.tck.workload.codec;

import java.time.Instant;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.brokertck.api.message.Message;
import org.brokertck.tck.workload.Shrinking;

/** Messages with any text, any bytes and any time of the years 1 to 9999. */
public final class AnyMessage implements ArbitrarySupplier<Message> {
    private static final long FIRST = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    @Override
    public Arbitrary<Message> get() {
        Arbitrary<byte[]> payloads = Arbitraries.bytes().array(byte[].class).ofMaxSize(60);
        Arbitrary<Integer> counts = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.integers().between(0, 10)),
                Tuple.of(1, Arbitraries.integers().between(0, Integer.MAX_VALUE)));
        return Shrinking.bounded(Combinators.combine(text(1), text(0), payloads, headers(), times(), counts, counts)
                .as((id, topic, payload, headers, time, retries, maxRetries) -> Message.builder()
                        .id(id)
                        .topic(topic)
                        .payload(payload)
                        .headers(headers)
                        .timestamp(Instant.ofEpochMilli(time))
                        .retries(retries)
                        .maxRetries(maxRetries)
                        .build()));
    }

    private static Arbitrary<Map<String, String>> headers() {
        return Arbitraries.maps(text(0), text(0)).ofMaxSize(4);
    }

    private static Arbitrary<Long> times() {
        return Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.longs().between(FIRST, LAST)),
                Tuple.of(1, Arbitraries.longs().between(-10_000, 4_000_000_000_000L)),
                Tuple.of(1, Arbitraries.of(FIRST, -1L, 0L, 1L, LAST)));
    }

    /** Text of whole characters: controls, quotes, what XML and JSON escape, and what takes two units. */
    private static Arbitrary<String> text(int least) {
        Arbitrary<String> characters = Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.integers().between(0x20, 0x7e)),
                        Tuple.of(1, Arbitraries.integers().between(0, 0x1f)),
                        Tuple.of(
                                2,
                                Arbitraries.of((int) '"', (int) '\\', (int) '/', 0x7f, 0x85, 0x2028, 0xfeff, 0xfffd)),
                        Tuple.of(2, Arbitraries.integers().between(0xa0, 0xd7ff)),
                        Tuple.of(2, Arbitraries.integers().between(0x1f300, 0x1f6ff)),
                        Tuple.of(1, Arbitraries.integers().between(0x10000, 0x10ffff)))
                .map(Character::toString);
        return characters.list().ofMinSize(least).ofMaxSize(12).map(it -> String.join("", it));
    }
}
