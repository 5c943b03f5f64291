package org.brokertck.reference.monitoring.http;

import java.util.Locale;

/** Writes one JSON object: so little is written here that it needs no library. */
final class JsonText {
    private final StringBuilder text = new StringBuilder("{");

    private JsonText() {}

    static JsonText object() {
        return new JsonText();
    }

    JsonText text(String name, String value) {
        return raw(name, quoted(value));
    }

    /** JSON knows neither NaN nor infinity: null stands for both. */
    JsonText number(String name, double value) {
        return raw(name, Double.isFinite(value) ? String.valueOf(value) : "null");
    }

    /** A value that is JSON already. */
    JsonText raw(String name, String json) {
        if (text.length() > 1) {
            text.append(',');
        }
        text.append(quoted(name)).append(':').append(json);
        return this;
    }

    static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                default -> {
                    // Half a character outside the basic plane would be lost on the way to UTF-8.
                    if (c < ' ' || Character.isSurrogate(c)) {
                        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    /** The whole object. */
    @Override
    public String toString() {
        return text + "}";
    }
}
