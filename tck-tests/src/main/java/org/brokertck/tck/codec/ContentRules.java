package org.brokertck.tck.codec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.HeaderMaps;
import org.junit.jupiter.api.Test;

/** Payloads are opaque bytes, and headers any text. */
public interface ContentRules extends CodecRules {
    @Test
    @Verifies("G-5")
    default void payloadsAreOpaqueBytes() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        withEachFormat("G-5", codec -> {
            for (byte[] payload : List.of(
                    new byte[0],
                    new byte[1],
                    all,
                    new byte[] {(byte) 0xC3},
                    new byte[] {'\r', '\n', 0, '\n'},
                    bytes(1 << 20, 7))) {
                codec.requireRoundTrip(
                        Messages.builder("bytes").payload(payload).build());
            }
        });
    }

    private static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @Property
    @Verifies("G-5")
    default void anyPayloadComesBackByteForByte(@ForAll @IntRange(max = 3000) int length, @ForAll int seed) {
        withEachFormat(
                "G-5",
                codec -> codec.requireRoundTrip(
                        Messages.builder("bytes").payload(bytes(length, seed)).build()));
    }

    @Test
    @Verifies("G-7")
    default void headersComeBackEqual() {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            many.put("header-" + i, "value " + i);
        }
        withEachFormat("G-7", codec -> {
            for (Map<String, String> headers : List.of(
                    Map.<String, String>of(),
                    Map.of("empty", ""),
                    Map.of("Key", "upper", "key", "lower"),
                    Map.of("schlüssel", "größe", "鍵", "値", "\uD83D\uDD11", "\uD83D\uDCE6"),
                    Map.of("quotes", "\"\\{}[]:,\n\t\u0000"),
                    Map.of("id", "not the id", "version", "99", "payload", "none"),
                    Map.of("large", "x".repeat(8 * 1024)),
                    many)) {
                codec.requireRoundTrip(
                        Messages.builder("headers").headers(headers).build());
            }
        });
    }

    @Property
    @Verifies("G-7")
    default void anyHeadersOfAMessageComeBack(@ForAll(supplier = HeaderMaps.class) List<Map<String, String>> maps) {
        withEachFormat(
                "G-7",
                codec -> maps.forEach(it -> codec.requireRoundTrip(
                        Messages.builder("headers").headers(it).build())));
    }
}
