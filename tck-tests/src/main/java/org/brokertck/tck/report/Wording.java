package org.brokertck.tck.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times and numbers as people read them. */
final class Wording {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Wording() {}

    /** Such as {@code 340 ms}, {@code 12.3 s} or {@code 2 min 5 s}. */
    static String duration(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }

    /** Such as {@code 3 May 2026, 14:05 UTC}. */
    static String instant(Instant instant) {
        return MINUTE.format(instant);
    }

    /** Such as {@code 1 rule} or {@code 3 rules}. */
    static String rules(long count) {
        return count == 1 ? "1 rule" : count + " rules";
    }
}
