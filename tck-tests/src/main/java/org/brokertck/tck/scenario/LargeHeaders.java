package org.brokertck.tck.scenario;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.brokertck.api.target.Limits;

/** Headers of the largest size that a target takes, and of some bytes more: in letters of one byte, of two and of four. */
public final class LargeHeaders {
    /** Eight digits, and letters that take 192 bytes. */
    private static final int KEY_BYTES = 200;

    private LargeHeaders() {}

    /** Others with one more beside them, that makes them as large as may be. */
    public static Map<String, String> upTo(Limits limits, Map<String, String> others) {
        Map<String, String> all = new HashMap<>(others);
        all.put("h", "v".repeat(limits.maxHeaderBytes() - bytes(others) - 1));
        return all;
    }

    /** As large as may be, or somewhat less: with long values, and with many keys. */
    public static List<Map<String, String>> upTo(Limits limits) {
        int bytes = limits.maxHeaderBytes();
        return List.of(
                upTo(limits, Map.of()),
                Map.of("hh", ofTwoBytes((bytes - 2) / 2)),
                Map.of("hhhh", ofFourBytes((bytes - 4) / 4)),
                keys(bytes / KEY_BYTES));
    }

    /** Up to a key too large. Counted in characters all but the first would be small enough. */
    public static List<Map<String, String>> above(Limits limits) {
        int bytes = limits.maxHeaderBytes();
        return List.of(
                Map.of("h", "v".repeat(bytes)),
                Map.of("h", ofTwoBytes((bytes + 1) / 2)),
                Map.of("h", ofFourBytes((bytes + 3) / 4)),
                keys(bytes / KEY_BYTES + 1));
    }

    /** An id for the message that bears them. */
    public static String id(Map<String, String> headers) {
        return "headers-of-" + (headers.size() == 1 ? headers.keySet() : headers.size() + "-keys");
    }

    /** Keys without values, each short enough for any server. */
    private static Map<String, String> keys(int count) {
        String letters = ofTwoBytes(48) + ofFourBytes(24);
        return IntStream.range(0, count)
                .mapToObj(i -> "%08d".formatted(i) + letters)
                .collect(Collectors.toMap(it -> it, it -> ""));
    }

    private static String ofTwoBytes(int letters) {
        return "\u00fc".repeat(letters);
    }

    /** Each takes two characters of a string, too. */
    private static String ofFourBytes(int letters) {
        return "\ud83d\udd11".repeat(letters);
    }

    /** The size of headers as {@link Limits} count it. */
    public static int bytes(Map<String, String> headers) {
        return headers.entrySet().stream()
                .mapToInt(it -> bytes(it.getKey()) + bytes(it.getValue()))
                .sum();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
