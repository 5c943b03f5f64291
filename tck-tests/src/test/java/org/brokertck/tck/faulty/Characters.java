package org.brokertck.tck.faulty;

import java.util.Map;

/** Sizes as somebody finds them who counts the characters of texts, and not their bytes. */
public final class Characters {
    private Characters() {}

    /** The size of headers. */
    public static long of(Map<String, String> headers) {
        return headers.entrySet().stream()
                .mapToLong(it -> it.getKey().length() + it.getValue().length())
                .sum();
    }
}
